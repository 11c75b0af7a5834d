import { plural, t } from '@lingui/core/macro'
import { ActionIcon, Button, Group, Menu, Text, TextInput, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDots } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { download } from '../../components/download.ts'
import { formatCount } from '../../components/format.ts'
import { logText } from './log-filter.ts'
import type { LogLine } from './run-view.ts'

export interface LogHeaderProps {
  readonly runId: string
  /** Those that fit the filter. */
  readonly lines: readonly LogLine[]
  /** How many lines there are in all. */
  readonly all: number
  readonly text: string
  /** Null when no more lines will come. */
  readonly following: boolean | null
  onText(text: string): void
  onFollow(): void
  /** Absent when there is no error. */
  readonly onError?: () => void
}

/** What can be done with a log: look for something, go to the first error, follow its end, copy it, keep it. */
export function LogHeader({
  runId,
  lines,
  all,
  text,
  following,
  onText,
  onFollow,
  onError,
}: LogHeaderProps): ReactElement {
  return (
    <Group gap="6px 8px" px={14} py={8}>
      <Title order={2}>{t`Log`}</Title>
      <Text size="xs" c="dimmed">
        {lines.length === all
          ? formatCount(all)
          : t`${{ shown: formatCount(lines.length) }} of ${{ all: formatCount(all) }}`}
      </Text>
      <TextInput
        aria-label={t`Filter the log`}
        placeholder={t`Filter the log`}
        size="xs"
        flex={1}
        miw={90}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onText('')
        }}
      />
      {onError !== undefined && (
        <Button variant="subtle" color="red" size="compact-xs" onClick={onError}>{t`First error`}</Button>
      )}
      {following !== null && (
        <Button
          variant={following ? 'light' : 'default'}
          size="compact-xs"
          aria-pressed={following}
          onClick={onFollow}
        >{t`Follow`}</Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t`More for the log`}>
            <IconDots size={16} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => copy(lines)}>{copyWords(lines.length, all)}</Menu.Item>
          <Menu.Item
            onClick={() => download([logText(lines)], { type: 'text/plain;charset=utf-8', name: `${runId}.log` })}
          >
            {downloadWords(lines.length, all)}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}

/** What the filter leaves out is left out here too, and that is said. */
function copyWords(shown: number, all: number): string {
  return shown === all ? t`Copy the log` : plural(shown, { one: 'Copy these # line', other: 'Copy these # lines' })
}

function downloadWords(shown: number, all: number): string {
  return shown === all
    ? t`Download the log`
    : plural(shown, { one: 'Download these # line', other: 'Download these # lines' })
}

function copy(lines: readonly LogLine[]): void {
  void navigator.clipboard
    .writeText(logText(lines))
    .then(() => notifications.show({ message: t`The log is copied.` }))
    .catch(() => notifications.show({ color: 'red', message: t`The log could not be copied.` }))
}
