import { t } from '@lingui/core/macro'
import { Drawer, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { AddRepositoryForm } from './AddRepositoryForm.tsx'

export interface AddRepositoryDrawerProps {
  readonly hostId: string
  /** What the host is called; null for this computer. */
  readonly hostName?: string | null
  readonly opened: boolean
  onClose(): void
}

/** Add a repository without leaving the page. What was typed is forgotten when the drawer closes: passwords are in it. */
export function AddRepositoryDrawer({
  hostId,
  hostName = null,
  opened,
  onClose,
}: AddRepositoryDrawerProps): ReactElement {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={
        <Text fw={650}>
          {hostName === null ? t`Add a repository of this computer` : t`Add a repository of ${hostName}`}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <AddRepositoryForm hostId={hostId} onDone={onClose} />
    </Drawer>
  )
}
