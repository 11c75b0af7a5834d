import { Badge, Box, Group, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { RelativeTime } from '../../components/Timestamp.tsx'
import type { Column } from '../../components/table-columns.ts'
import { outcomeWords } from '../audit/index.ts'
import { runTitle, shareDone } from '../runs/index.ts'
import { LinkBadge } from './LinkBadge.tsx'
import { linkWords } from './link-words.ts'

export const HOST_COLUMNS: readonly Column<HostView>[] = [
  {
    id: 'host',
    title: 'Host',
    width: 'minmax(150px, 1.1fr)',
    cell: (host) => <HostName host={host} />,
    compare: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
  },
  {
    id: 'link',
    title: 'Link',
    width: 'minmax(120px, 1.6fr)',
    cell: (host) => <LinkBadge host={host} />,
    compare: (a, b) => linkWords(a).word.localeCompare(linkWords(b).word),
  },
  {
    id: 'repositories',
    title: 'Repositories',
    width: 'minmax(100px, 1fr)',
    cell: ({ repositories }) =>
      repositories.length === 0 ? <Text c="dimmed">none yet</Text> : repositories.map(({ name }) => name).join(', '),
    hideBelow: 760,
  },
  {
    id: 'running',
    title: 'Running',
    width: 'minmax(90px, 0.9fr)',
    cell: ({ activeRun }) => activeRun !== null && <ActiveRun run={activeRun} />,
  },
  {
    id: 'last-restore',
    title: 'Last restore',
    width: 'minmax(160px, 1fr)',
    cell: ({ lastRestore }) => <LastRestore entry={lastRestore} />,
    compare: (a, b) => (a.lastRestore?.at ?? '').localeCompare(b.lastRestore?.at ?? ''),
  },
]

function HostName({ host }: { readonly host: HostView }): ReactElement {
  return (
    <Group gap="xs" wrap="nowrap">
      <Text fw={600} truncate>
        {host.name}
      </Text>
      {host.local && <Badge>this computer</Badge>}
    </Group>
  )
}

function ActiveRun({ run }: { readonly run: NonNullable<HostView['activeRun']> }): ReactElement {
  const share = shareDone(run)
  const words = share === null ? runTitle(run) : `${runTitle(run)}, ${Math.floor(share * 100)} %`
  return (
    <Stack gap={2} title={words}>
      <ProgressBar size="thin" label={words} done={share} />
    </Stack>
  )
}

function LastRestore({ entry }: { readonly entry: HostView['lastRestore'] }): ReactElement {
  if (entry === null) return <Text c="dimmed">never</Text>
  const { state, word } = outcomeWords(entry.outcome)
  return (
    <Group gap="xs" wrap="nowrap">
      <Box flex="none">
        <StateBadge state={state}>{word}</StateBadge>
      </Box>
      <Text span c="dimmed" truncate>
        <RelativeTime time={entry.endedAt ?? entry.at} />
      </Text>
    </Group>
  )
}
