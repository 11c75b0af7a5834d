import { t } from '@lingui/core/macro'
import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconUser } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { AboutYouDrawer } from '../features/about/index.ts'
import { NoticeSettingsDrawer } from '../features/notices/index.ts'

/** Who works here, and how they want it. */
export function YouMenu(): ReactElement {
  const navigate = useNavigate()
  const [about, aboutDrawer] = useDisclosure(false)
  const [notices, noticesDrawer] = useDisclosure(false)
  return (
    <>
      <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Tooltip label={t`You and your settings`}>
            <ActionIcon aria-label={t`You`}>
              <IconUser size={16} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={aboutDrawer.open}>{t`About you…`}</Menu.Item>
          <Menu.Item onClick={noticesDrawer.open}>{t`Notifications…`}</Menu.Item>
          <Menu.Item onClick={() => void navigate({ to: '/settings' })}>{t`Settings`}</Menu.Item>
          <Menu.Item onClick={() => void navigate({ to: '/workspaces' })}>{t`Workspaces`}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <AboutYouDrawer opened={about} onClose={aboutDrawer.close} />
      <NoticeSettingsDrawer opened={notices} onClose={noticesDrawer.close} />
    </>
  )
}
