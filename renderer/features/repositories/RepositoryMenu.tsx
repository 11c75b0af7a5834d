import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDots } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { RepositoryView } from '../../../contract/shapes/repository.ts'
import { BackupDrawer } from './BackupDrawer.tsx'
import { ChangeRepositoryDrawer } from './ChangeRepositoryDrawer.tsx'

export interface RepositoryMenuProps {
  readonly hostId: string
  readonly repository: RepositoryView
  /** Why nothing of it can be changed now; null while it can. */
  readonly obstacle: string | null
}

/** What is set of a repository once: what opens it, and what a backup takes. */
export function RepositoryMenu({ hostId, repository, obstacle }: RepositoryMenuProps): ReactElement {
  const [changing, change] = useDisclosure(false)
  const [choosing, choose] = useDisclosure(false)
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Tooltip label="What opens it, and what a backup takes">
            <ActionIcon variant="default" aria-label={`More for ${repository.name}`}>
              <IconDots size={16} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          {obstacle !== null && <Menu.Label maw={280}>{obstacle}</Menu.Label>}
          <Menu.Item disabled={obstacle !== null} onClick={change.open}>
            Name and passwords…
          </Menu.Item>
          <Menu.Item disabled={obstacle !== null} onClick={choose.open}>
            What a backup takes…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ChangeRepositoryDrawer hostId={hostId} repository={repository} opened={changing} onClose={change.close} />
      <BackupDrawer hostId={hostId} repository={repository} opened={choosing} onClose={choose.close} />
    </>
  )
}
