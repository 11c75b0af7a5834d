import { Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import { filesDone, isEnded, type Run } from '../../../contract/shapes/run.ts'
import { Bytes } from '../../components/Bytes.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatCount, formatSpan } from '../../components/format.ts'
import { ProgressBar } from '../../components/ProgressBar.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { RelativeTime } from '../../components/Timestamp.tsx'
import type { Column } from '../../components/table-columns.ts'
import { evidenceWords } from './evidence-words.ts'
import classes from './Run.module.css'
import type { HostRun } from './RunsPage.tsx'
import { shareDone } from './run-view.ts'
import { runTitle } from './run-words.ts'
import { TargetBadge } from './TargetBadge.tsx'

/** The columns of the list of all runs. */
export const RUN_COLUMNS: readonly Column<HostRun>[] = [
  {
    id: 'when',
    title: 'When',
    width: '88px',
    cell: ({ run }) => <RelativeTime time={run.queuedAt} />,
    compare: (a, b) => a.run.queuedAt.localeCompare(b.run.queuedAt),
  },
  {
    id: 'state',
    title: 'State',
    width: '116px',
    cell: ({ run }) => <StateBadge state={run.state}>{stateWords(run)}</StateBadge>,
    compare: (a, b) => a.run.state.localeCompare(b.run.state),
  },
  { id: 'run', title: 'Run', width: 'minmax(76px, 0.7fr)', cell: ({ run }) => runTitle(run) },
  {
    id: 'host',
    title: 'Host',
    width: 'minmax(84px, 0.8fr)',
    cell: ({ hostName }) => <Text fw={600}>{hostName}</Text>,
    compare: (a, b) => a.hostName.localeCompare(b.hostName, undefined, { numeric: true }),
  },
  {
    id: 'target',
    title: 'Target or source',
    width: 'minmax(96px, 1.6fr)',
    cell: ({ run: { subject } }) => <Place subject={subject} />,
  },
  {
    id: 'files',
    title: 'Files',
    width: '76px',
    align: 'end',
    cell: ({ run }) => <Files run={run} />,
    hideBelow: 900,
  },
  {
    id: 'bytes',
    title: 'Bytes',
    width: '80px',
    align: 'end',
    cell: ({ run }) => <Bytes value={hasBytes(run) ? (run.progress?.bytesDone ?? null) : null} />,
    hideBelow: 860,
  },
  {
    id: 'took',
    title: 'Took',
    width: '96px',
    align: 'end',
    cell: ({ run }) => {
      if (run.state === 'running') return <ProgressBar size="thin" label="Progress" done={shareDone(run)} />
      if (run.startedAt === null || run.endedAt === null) return <Text c="dimmed">—</Text>
      return formatSpan((Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000)
    },
    hideBelow: 780,
  },
  {
    id: 'verified',
    title: 'Verified',
    width: '108px',
    cell: ({ run }) => <Verified run={run} />,
    hideBelow: 640,
  },
  { id: 'who', title: 'Who', width: 'minmax(100px, 0.8fr)', cell: ({ run }) => run.startedBy, hideBelow: 960 },
]

/** Where a restore goes, with why where somebody said so; what a backup takes. */
function Place({ subject }: Pick<Run, 'subject'>): ReactElement {
  switch (subject.kind) {
    case 'init':
      return <Text c="dimmed">—</Text>
    case 'diff':
      return (
        <Text ff="monospace">{`${subject.before.snapshotId.slice(0, 8)} ${subject.after.snapshotId.slice(0, 8)}`}</Text>
      )
    case 'backup':
      return <FileName name={subject.paths.join(', ')} />
    case 'restore': {
      const { target, targetPath, reason } = subject
      return (
        <span className={classes['path']} title={reason === '' ? showFileName(targetPath) : reason}>
          <TargetBadge kind={target.kind} />
          {target.kind === 'in-place' ? (
            <Text span c="dimmed">
              {reason}
            </Text>
          ) : (
            <FileName name={targetPath} />
          )}
        </span>
      )
    }
  }
}

function Verified({ run: { subject, state } }: Pick<HostRun, 'run'>): ReactElement {
  if (subject.kind !== 'restore' || !isEnded(state)) return <Text c="dimmed">—</Text>
  const { state: colour, word, sentence } = evidenceWords(subject.evidence, subject.readBack)
  return (
    <span title={sentence}>
      <StateBadge state={colour}>{word}</StateBadge>
    </span>
  )
}

/** What goes on says how far it is, also where there is no room for a bar. */
function stateWords(run: Run): string {
  const share = run.state === 'running' ? shareDone(run) : null
  return share === null ? run.state : `${run.state}, ${Math.floor(share * 100)} %`
}

function Files({ run }: Pick<HostRun, 'run'>): ReactElement {
  if (!hasBytes(run)) return <Text c="dimmed">—</Text>
  return <>{formatCount(filesDone(run))}</>
}

/** Whether the run brings files anywhere. */
function hasBytes({ subject }: Run): boolean {
  return subject.kind === 'restore' || subject.kind === 'backup'
}
