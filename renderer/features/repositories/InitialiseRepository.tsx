import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Modal, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactElement } from 'react'
import { isFault } from '../../../contract/errors.ts'
import type { Reinitialisation, RepositoryView } from '../../../contract/shapes/repository.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { DangerForm } from '../../components/DangerForm.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FileName } from '../../components/FileName.tsx'
import { ObstructedButton } from '../../components/ObstructedButton.tsx'
import { BusyNotice } from '../runs/index.ts'
import { useStartRun } from './use-start-run.ts'

export interface InitialiseRepositoryProps {
  readonly hostId: string
  /** As the host's agent calls it: what is typed before one is made anew. */
  readonly hostname: string
  readonly repository: RepositoryView
  /** Why it cannot be done now; null while it can. */
  readonly obstacle: string | null
}

/**
 * Make the repository where the place answered that there is none. Only to be shown then: a place that does not answer
 * may hold one. Where one was opened before it is no ordinary button.
 */
export function InitialiseRepository(props: InitialiseRepositoryProps): ReactElement {
  const { hostId, hostname, repository, obstacle } = props
  const client = useClient()
  const [asking, question] = useDisclosure(false)
  const start = useStartRun(hostId, (requestKey, again: Reinitialisation | null) =>
    client.repositories.initialise({ hostId, repositoryId: repository.id, requestKey, again }),
  )
  const refusal = start.isError && <NotStarted hostId={hostId} error={start.error} />
  if (!repository.openedBefore)
    return (
      <>
        <ObstructedButton
          obstacle={obstacle}
          loading={start.isPending}
          onClick={() => start.mutate(null)}
        >{t`Initialise a new repository here`}</ObstructedButton>
        {refusal}
      </>
    )
  return (
    <>
      <ObstructedButton
        variant="outline"
        color="red"
        obstacle={obstacle}
        onClick={question.open}
      >{t`Create anew…`}</ObstructedButton>
      <Modal
        opened={asking}
        onClose={question.close}
        title={<Text fw={650}>{t`Create ${{ repository: repository.name }} anew`}</Text>}
        closeButtonProps={{ 'aria-label': t`Close` }}
      >
        <DangerForm
          nameOf={t`The name of the host.`}
          name={hostname}
          asksReason
          confirm={t`Create it anew`}
          pending={start.isPending}
          onConfirm={(typed, reason) => start.mutate({ hostname: typed, reason })}
        >
          <Trans>
            This repository was opened before, and at <FileName name={repository.url} /> there is none now. A disk that
            is not mounted, or a folder that was moved, looks just like that. A new repository holds nothing of what was
            in the old one, and hides that it is gone. Nothing is deleted.
          </Trans>
        </DangerForm>
        {refusal}
      </Modal>
    </>
  )
}

function NotStarted({ hostId, error }: { readonly hostId: string; readonly error: unknown }): ReactElement {
  return isFault(error, 'host_busy') ? (
    <BusyNotice hostId={hostId} fault={error} />
  ) : (
    <ErrorState description={describeError(error)} />
  )
}
