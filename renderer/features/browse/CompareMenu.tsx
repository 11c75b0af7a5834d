import { t } from '@lingui/core/macro'
import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { ReactElement } from 'react'

export interface CompareMenuProps {
  readonly onChanges?: (() => void) | undefined
  readonly onNow?: (() => void) | undefined
}

/** What the snapshot can be compared with; another can be chosen there. Nothing while nothing can be asked. */
export function CompareMenu({ onChanges, onNow }: CompareMenuProps): ReactElement | null {
  if (onChanges === undefined || onNow === undefined) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={12} aria-hidden="true" />}>{t`Compare`}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onChanges} rightSection="Alt+C">{t`Changes since the snapshot before`}</Menu.Item>
        <Menu.Item onClick={onNow} rightSection="Alt+N">{t`With the host now`}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
