import { Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { Bytes } from '../../components/Bytes.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatCount, formatSpan } from '../../components/format.ts'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { RelativeTime } from '../../components/Timestamp.tsx'
import type { Column } from '../../components/table-columns.ts'
import type { HostRun } from './RunsPage.tsx'
import { shareDone } from './run-view.ts'
import { runTitle } from './run-words.ts'

/** The columns of the list of all runs. */
export const RUN_COLUMNS: readonly Column<HostRun>[] = [
  {
    id: 'when',
    title: 'When',
    width: '96px',
    cell: ({ run }) => <RelativeTime time={run.queuedAt} />,
    compare: (a, b) => a.run.queuedAt.localeCompare(b.run.queuedAt),
  },
  {
    id: 'state',
    title: 'State',
    width: '110px',
    cell: ({ run }) => <StateBadge state={run.state} />,
    compare: (a, b) => a.run.state.localeCompare(b.run.state),
  },
  { id: 'run', title: 'Run', width: 'minmax(90px, 0.7fr)', cell: ({ run }) => runTitle(run) },
  {
    id: 'host',
    title: 'Host',
    width: 'minmax(90px, 0.8fr)',
    cell: ({ hostName }) => <Text fw={600}>{hostName}</Text>,
    compare: (a, b) => a.hostName.localeCompare(b.hostName, undefined, { numeric: true }),
  },
  {
    id: 'target',
    title: 'Target or source',
    width: 'minmax(120px, 1.6fr)',
    cell: ({ run: { subject } }) =>
      subject.kind === 'init' ? (
        <Text c="dimmed">—</Text>
      ) : (
        <FileName name={subject.kind === 'restore' ? subject.targetPath : subject.paths.join(', ')} />
      ),
    hideBelow: 760,
  },
  {
    id: 'files',
    title: 'Files',
    width: '76px',
    align: 'end',
    cell: ({ run }) => <Files run={run} />,
    hideBelow: 780,
  },
  {
    id: 'bytes',
    title: 'Bytes',
    width: '80px',
    align: 'end',
    cell: ({ run }) => <Bytes value={run.subject.kind === 'init' ? null : (run.progress?.bytesDone ?? null)} />,
    hideBelow: 620,
  },
  {
    id: 'took',
    title: 'Took',
    width: '110px',
    align: 'end',
    cell: ({ run }) => {
      if (run.state === 'running') return <ProgressBar size="thin" label="Progress" done={shareDone(run)} />
      if (run.startedAt === null || run.endedAt === null) return <Text c="dimmed">—</Text>
      return formatSpan((Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000)
    },
    hideBelow: 560,
  },
  { id: 'who', title: 'Who', width: 'minmax(100px, 0.8fr)', cell: ({ run }) => run.startedBy, hideBelow: 900 },
]

function Files({ run: { subject, counts, progress } }: Pick<HostRun, 'run'>): ReactElement {
  if (subject.kind === 'init') return <Text c="dimmed">—</Text>
  return <>{formatCount(subject.kind === 'restore' ? counts.restored : (progress?.filesDone ?? 0))}</>
}
