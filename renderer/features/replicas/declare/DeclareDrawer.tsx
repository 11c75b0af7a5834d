import { t } from '@lingui/core/macro'
import { Button, Drawer, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import type { Declaration, Replica } from '../../../../contract/shapes/replica.ts'
import { useClient } from '../../../client/client-context.tsx'
import { ButtonLink } from '../../../components/ButtonLink.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import type { Known } from '../use-replicas.ts'
import { DeclarationForm } from './DeclarationForm.tsx'
import { type Draft } from './draft.ts'
import { firstDraft, useReadDraft } from './use-draft.ts'

export interface DeclareDrawerProps {
  readonly known: Known
  readonly opened: boolean
  onClose(): void
  onShow(replica: Replica): void
}

/** Declares a replica without leaving the list. */
export function DeclareDrawer(props: DeclareDrawerProps): ReactElement {
  const { opened, onClose } = props
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      // What was typed is not lost by a press beside it.
      closeOnClickOutside={false}
      size="min(900px, 100vw)"
      title={<Text fw={650}>{t`Declare a replica`}</Text>}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {opened && <Declare {...props} />}
    </Drawer>
  )
}

function Declare({ known, onShow, onClose }: DeclareDrawerProps): ReactElement {
  const client = useClient()
  const [typed, setTyped] = useState<Draft>(() => firstDraft(known))
  const read = useReadDraft(typed, known, null)
  const declare = useMutation({
    mutationFn: ({ planeId, declaration }: { readonly planeId: string; readonly declaration: Declaration }) =>
      client.replicas.declare({ planeId, declaration }),
    onSuccess: onShow,
  })
  if (known.consumers.length === 0)
    return (
      <EmptyState
        title={t`There is no consumer yet`}
        action={
          <>
            <ButtonLink to="/consumers" search={{}}>{t`Enrol a consumer`}</ButtonLink>
            <Button variant="default" onClick={onClose}>{t`Later`}</Button>
          </>
        }
      >{t`A replica is declared for the machine that restores it. Enrol one first.`}</EmptyState>
    )
  return (
    <DeclarationForm
      known={known}
      read={read}
      self={null}
      isPending={declare.isPending}
      error={declare.error}
      onChange={(draft) => {
        declare.reset()
        setTyped(draft)
      }}
      onSubmit={(declaration) => {
        if (typed.planeId !== null) declare.mutate({ planeId: typed.planeId, declaration })
      }}
      onShow={onShow}
    />
  )
}
