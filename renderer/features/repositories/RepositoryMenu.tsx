import { t } from '@lingui/core/macro'
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
  if (obstacle !== null)
    return (
      <Tooltip label={obstacle} multiline maw={320}>
        <ActionIcon
          variant="default"
          aria-label={t`More for ${{ repository: repository.name }}`}
          data-disabled
          aria-disabled="true"
          aria-description={obstacle}
        >
          <IconDots size={16} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
    )
  return (
    <>
      <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon
            variant="default"
            aria-label={t`More for ${{ repository: repository.name }}`}
            title={t`What opens it, and what a backup takes`}
          >
            <IconDots size={16} stroke={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={change.open}>{t`Name and passwords…`}</Menu.Item>
          <Menu.Item onClick={choose.open}>{t`What a backup takes…`}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ChangeRepositoryDrawer hostId={hostId} repository={repository} opened={changing} onClose={change.close} />
      <BackupDrawer hostId={hostId} repository={repository} opened={choosing} onClose={choose.close} />
    </>
  )
}
