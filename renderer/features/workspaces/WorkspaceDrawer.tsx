import { t } from '@lingui/core/macro'
import { Drawer, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { WorkspaceView } from '../../../contract/shapes/workspace.ts'
import { useClient } from '../../client/client-context.tsx'
import { WorkspaceForm, type WorkspaceLooks } from './WorkspaceForm.tsx'

export interface WorkspaceDrawerProps {
  /** The one that is changed; `new` for one that is made; null while nothing is. */
  readonly of: WorkspaceView | 'new' | null
  onClose(): void
}

/** Make a workspace, or give one another name or colour. Every window is told. */
export function WorkspaceDrawer({ of, onClose }: WorkspaceDrawerProps): ReactElement {
  const client = useClient()
  const save = useMutation({
    mutationFn: (looks: WorkspaceLooks) =>
      of === 'new' || of === null
        ? client.workspaces.create(looks)
        : client.workspaces.change({ workspaceId: of.id, ...looks }),
    onSuccess: onClose,
  })
  const close = (): void => {
    save.reset()
    onClose()
  }
  const isNew = of === 'new'
  return (
    <Drawer
      opened={of !== null}
      onClose={close}
      title={<Text fw={650}>{isNew ? t`Make a workspace` : t`Name and colour`}</Text>}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {of !== null && (
        <WorkspaceForm
          initial={isNew ? { name: '', color: 'blue' } : of}
          submit={isNew ? t`Make it` : t`Save`}
          pending={save.isPending}
          error={save.error}
          onSubmit={(looks) => save.mutate(looks)}
        />
      )}
    </Drawer>
  )
}
