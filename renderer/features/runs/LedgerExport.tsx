import { t } from '@lingui/core/macro'
import { Button, Group, Menu, Text } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { describeError } from '../../client/describe-fault.ts'
import type { ExportingLedger } from './use-export-ledger.ts'

/** What is listed, as a file; while it is read, how much there is of it, and a way to stop. */
export function LedgerExport({ exporting }: { readonly exporting: ExportingLedger }): ReactElement {
  const { share, error, begin, stop, dismiss } = exporting
  if (share !== null)
    return (
      <Group gap="xs" wrap="nowrap">
        <Text size="xs" c="dimmed" role="status">{t`Reading ${{ percent: Math.floor(share * 100) }} %`}</Text>
        <Button variant="default" size="compact-xs" onClick={stop}>{t`Stop`}</Button>
      </Group>
    )
  if (error !== null)
    return (
      <Group gap="xs" wrap="nowrap">
        <Text size="xs" c="var(--state-failed)" role="alert">
          {describeError(error).title}
        </Text>
        <Button variant="default" size="compact-xs" onClick={dismiss}>{t`Dismiss`}</Button>
      </Group>
    )
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          size="compact-xs"
          rightSection={<IconChevronDown size={12} aria-hidden="true" />}
        >{t`Export`}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => begin('csv')}>{t`CSV, for people and spreadsheets`}</Menu.Item>
        <Menu.Item onClick={() => begin('json')}>{t`JSON, with names exact`}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
