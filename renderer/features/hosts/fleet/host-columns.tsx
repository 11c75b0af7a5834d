import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Box, Group, Stack, Text } from '@mantine/core'
import { IconPinFilled } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { HostView } from '../../../../contract/shapes/host.ts'
import { ProgressBar } from '../../../components/ProgressBar.tsx'
import { StateBadge } from '../../../components/StateBadge.tsx'
import { RelativeTime } from '../../../components/Timestamp.tsx'
import type { Column } from '../../../components/table-columns.ts'
import { useNow } from '../../../components/use-now.ts'
import { outcomeWords } from '../../audit/index.ts'
import { runTitle, shareDone } from '../../runs/index.ts'
import { LinkBadge } from '../LinkBadge.tsx'
import { linkWords } from '../link-words.ts'
import classes from './Fleet.module.css'
import { addressOf, isLate } from './fleet-filter.ts'
import { HostLabels } from './HostLabels.tsx'

const inWords = new Intl.Collator(undefined, { numeric: true })

/** The columns of the fleet; on a narrow window those are left out that one does without first. */
export const HOST_COLUMNS: readonly Column<HostView>[] = [
  {
    id: 'host',
    title: t`Host`,
    width: 'minmax(140px, 1.1fr)',
    cell: (host) => <HostName host={host} />,
    compare: (a, b) => inWords.compare(a.name, b.name),
  },
  {
    id: 'link',
    title: t`State`,
    width: 'minmax(110px, 1.1fr)',
    cell: (host) => <LinkBadge host={host} />,
    compare: (a, b) => linkWords(a).word.localeCompare(linkWords(b).word),
  },
  {
    id: 'labels',
    title: t`Labels`,
    width: 'minmax(90px, 0.9fr)',
    cell: (host) => <HostLabels host={host} />,
    compare: (a, b) => inWords.compare(a.labels.join(' '), b.labels.join(' ')),
    hideBelow: 860,
  },
  {
    id: 'last-snapshot',
    title: t`Last snapshot`,
    width: 'minmax(112px, 0.7fr)',
    cell: (host) => <LastSnapshot host={host} />,
    compare: (a, b) => (a.lastSnapshotAt ?? '').localeCompare(b.lastSnapshotAt ?? ''),
  },
  {
    id: 'running',
    title: t`Running`,
    width: 'minmax(80px, 0.7fr)',
    cell: ({ activeRun }) => activeRun !== null && <ActiveRun run={activeRun} />,
    compare: (a, b) => Number(b.activeRun !== null) - Number(a.activeRun !== null),
  },
  {
    id: 'last-restore',
    title: t`Last restore`,
    width: 'minmax(150px, 0.9fr)',
    cell: ({ lastRestore }) => <LastRestore entry={lastRestore} />,
    compare: (a, b) => (a.lastRestore?.at ?? '').localeCompare(b.lastRestore?.at ?? ''),
    hideBelow: 700,
  },
  {
    id: 'repositories',
    title: t`Repositories`,
    width: 'minmax(90px, 0.8fr)',
    cell: ({ repositories }) =>
      repositories.length === 0 ? (
        <Text c="dimmed">{t`none yet`}</Text>
      ) : (
        repositories.map(({ name }) => name).join(', ')
      ),
    hideBelow: 980,
  },
  {
    id: 'address',
    title: t`Address`,
    width: 'minmax(110px, 1.6fr)',
    cell: (host) => (
      <Text span c="dimmed" title={addressOf(host)}>
        {addressOf(host)}
      </Text>
    ),
    compare: (a, b) => inWords.compare(addressOf(a), addressOf(b)),
    hideBelow: 1080,
  },
]

function HostName({ host }: { readonly host: HostView }): ReactElement {
  return (
    <Group gap="xs" wrap="nowrap">
      {host.pinned && <IconPinFilled size={13} role="img" aria-label={t`kept at the top`} style={{ flex: 'none' }} />}
      <Text fw={600} truncate title={host.name}>
        {host.name}
      </Text>
    </Group>
  )
}

/** How old the newest snapshot is; past what a nightly backup may take, in words too. */
function LastSnapshot({ host }: { readonly host: HostView }): ReactElement {
  const now = useNow()
  const time = host.lastSnapshotAt
  if (time === null) return <Text c="dimmed">{host.repositories.length === 0 ? '—' : t`none known`}</Text>
  return isLate(time, now) ? (
    <span className={classes['late']}>
      <Trans>
        <RelativeTime time={time} />, late
      </Trans>
    </span>
  ) : (
    <RelativeTime time={time} />
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
  if (entry === null) return <Text c="dimmed">{t`never`}</Text>
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
