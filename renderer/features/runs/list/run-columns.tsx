import { t } from '@lingui/core/macro'
import { Skeleton, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { showFileName } from '../../../../contract/shapes/file-name.ts'
import { isEnded } from '../../../../contract/shapes/run.ts'
import type { FewPaths, RunSummary } from '../../../../contract/shapes/run-summary.ts'
import { ActorName } from '../../../components/ActorName.tsx'
import { Bytes } from '../../../components/Bytes.tsx'
import { CountsBar } from '../../../components/CountsBar.tsx'
import { FileName } from '../../../components/FileName.tsx'
import { formatCount, formatSpan } from '../../../components/format.ts'
import { ProgressBar } from '../../../components/ProgressBar.tsx'
import { STATE_WORDS, StateBadge } from '../../../components/StateBadge.tsx'
import { RelativeTime } from '../../../components/Timestamp.tsx'
import type { Column } from '../../../components/table-columns.ts'
import { evidenceWords } from '../evidence-words.ts'
import classes from '../Run.module.css'
import { shareDone } from '../run-view.ts'
import { countedParts, runTitle } from '../run-words.ts'
import { TargetBadge } from '../TargetBadge.tsx'
import type { RunRow } from './run-rows.ts'

type Cell = (run: RunSummary) => ReactElement | string

/** A row that is still read has a place holder in each cell. */
function column(fields: Omit<Column<RunRow>, 'cell'> & { readonly show: Cell }): Column<RunRow> {
  const { show, ...rest } = fields
  return { ...rest, cell: ({ run }) => (run === null ? <Skeleton height={10} width="70%" /> : show(run)) }
}

/** The columns of the list of runs; without `hostName` that of the host is left out. */
export function runColumns(hostName: ((hostId: string) => string) | null): readonly Column<RunRow>[] {
  return [
    column({ id: 'when', title: t`When`, width: '88px', show: (run) => <RelativeTime time={run.queuedAt} /> }),
    column({
      id: 'state',
      title: t`State`,
      width: '116px',
      show: (run) => <StateBadge state={run.state}>{stateWords(run)}</StateBadge>,
    }),
    column({ id: 'run', title: t`Run`, width: 'minmax(76px, 0.7fr)', show: runTitle }),
    ...(hostName === null ? [] : [hostColumn(hostName)]),
    column({
      id: 'target',
      title: t`Target or source`,
      width: 'minmax(96px, 1.6fr)',
      show: ({ subject }) => <Place subject={subject} />,
    }),
    column({
      id: 'items',
      title: t`Items`,
      width: '132px',
      show: (run) => <CountsBar parts={countedParts(run)} />,
      hideBelow: 820,
    }),
    column({
      id: 'bytes',
      title: t`Bytes`,
      width: '80px',
      align: 'end',
      show: (run) => <Bytes value={run.subject.kind === 'init' ? null : run.bytes} />,
      hideBelow: 900,
    }),
    column({ id: 'took', title: t`Took`, width: '96px', align: 'end', show: took, hideBelow: 700 }),
    column({
      id: 'verified',
      title: t`Verified`,
      width: '108px',
      show: (run) => <Verified run={run} />,
      hideBelow: 1020,
    }),
    column({
      id: 'who',
      title: t`Who`,
      width: 'minmax(100px, 0.8fr)',
      show: ({ startedBy }) => (
        <Text truncate>
          <ActorName actor={startedBy} />
        </Text>
      ),
      hideBelow: 760,
    }),
  ]
}

function hostColumn(hostName: (hostId: string) => string): Column<RunRow> {
  return {
    id: 'host',
    title: t`Host`,
    width: 'minmax(84px, 0.8fr)',
    cell: ({ hostId, run }) =>
      run === null ? <Skeleton height={10} width="70%" /> : <Text fw={600}>{hostName(hostId)}</Text>,
  }
}

function took(run: RunSummary): ReactElement | string {
  if (run.state === 'running') return <ProgressBar size="thin" label={t`Progress`} done={shareDone(run)} />
  if (run.startedAt === null || run.endedAt === null) return <Text c="dimmed">—</Text>
  return formatSpan((Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000)
}

/** Where a restore goes, with why where somebody said so; what a backup takes. */
function Place({ subject }: Pick<RunSummary, 'subject'>): ReactElement {
  switch (subject.kind) {
    case 'init':
      return <Text c="dimmed">—</Text>
    case 'backup':
      return <Paths paths={subject.paths} />
    case 'diff':
      return (
        <Text ff="monospace">{`${subject.before.snapshotId.slice(0, 8)} → ${subject.after.snapshotId.slice(0, 8)}`}</Text>
      )
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

function Paths({ paths: { first, more } }: { readonly paths: FewPaths }): ReactElement {
  return (
    <span className={classes['path']}>
      <FileName name={first.join(', ')} />
      {more > 0 && <Text span c="dimmed" flex="none">{t`and ${{ count: formatCount(more) }} more`}</Text>}
    </span>
  )
}

function Verified({ run: { subject, state } }: { readonly run: RunSummary }): ReactElement {
  if (subject.kind !== 'restore' || !isEnded(state)) return <Text c="dimmed">—</Text>
  const { state: colour, word, sentence } = evidenceWords(subject.evidence, subject.readBack)
  return (
    <span title={sentence}>
      <StateBadge state={colour}>{word}</StateBadge>
    </span>
  )
}

/** What goes on says how far it is, also where there is no room for a bar. */
function stateWords(run: RunSummary): string {
  const share = run.state === 'running' ? shareDone(run) : null
  const word = STATE_WORDS[run.state]
  return share === null ? word : `${word}, ${Math.floor(share * 100)} %`
}
