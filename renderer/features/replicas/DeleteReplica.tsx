import { t } from '@lingui/core/macro'
import { Modal, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { Replica } from '../../../contract/shapes/replica.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { DangerForm } from '../../components/DangerForm.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { Revokes } from './Revokes.tsx'

export interface DeleteReplicaProps {
  /** Null for none. */
  readonly replica: Replica | null
  onClose(): void
  onDeleted(): void
}

/** Deletes a declaration, once its name was typed; what was reported of it stays. */
export function DeleteReplica({ replica, onClose, onDeleted }: DeleteReplicaProps): ReactElement {
  const name = replica?.declaration.name ?? ''
  return (
    <Modal
      opened={replica !== null}
      onClose={onClose}
      title={<Text fw={650}>{t`Delete ${name}`}</Text>}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {replica !== null && <Form key={replica.id} replica={replica} onDeleted={onDeleted} />}
    </Modal>
  )
}

function Form({ replica, onDeleted }: { readonly replica: Replica; onDeleted(): void }): ReactElement {
  const client = useClient()
  const { name } = replica.declaration
  const remove = useMutation({
    mutationFn: (typed: string) => client.replicas.remove({ planeId: replica.planeId, replicaId: replica.id, typed }),
    onSuccess: onDeleted,
  })
  return (
    <>
      <DangerForm
        name={name}
        nameOf={t`The name of the replica.`}
        confirm={t`Delete ${name}`}
        pending={remove.isPending}
        onConfirm={(typed) => remove.mutate(typed)}
      >
        <Stack gap="xs">
          <Text size="sm">{t`Nobody is asked to restore it any more, and its consumer tears down what it keeps of it. What was reported stays, and so does the audit.`}</Text>
          <div>
            <Revokes replica={replica} />
          </div>
        </Stack>
      </DangerForm>
      {remove.isError && <ErrorState description={describeError(remove.error)} />}
    </>
  )
}
