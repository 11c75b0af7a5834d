import { t } from '@lingui/core/macro'
import { Modal, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { WorkspaceView } from '../../../contract/shapes/workspace.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { DangerForm } from '../../components/DangerForm.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'

export interface RemoveWorkspaceProps {
  readonly workspace: WorkspaceView | null
  onClose(): void
}

/** Remove an empty workspace, once its name was typed. */
export function RemoveWorkspace({ workspace, onClose }: RemoveWorkspaceProps): ReactElement {
  const client = useClient()
  const remove = useMutation({
    mutationFn: (typed: string) => client.workspaces.remove({ workspaceId: workspace?.id ?? '', typed }),
    onSuccess: onClose,
  })
  const name = workspace?.name ?? ''
  const close = (): void => {
    remove.reset()
    onClose()
  }
  return (
    <Modal
      opened={workspace !== null}
      onClose={close}
      title={<Text fw={650}>{t`Remove ${name}`}</Text>}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {workspace !== null && (
        <DangerForm
          nameOf={t`The name of the workspace.`}
          name={workspace.name}
          confirm={t`Remove ${name}`}
          pending={remove.isPending}
          onConfirm={(typed) => remove.mutate(typed)}
        >{t`It has no hosts. What was done in it before stays in the audit of this console, and is no longer shown.`}</DangerForm>
      )}
      {remove.isError && <ErrorState description={describeError(remove.error)} />}
    </Modal>
  )
}
