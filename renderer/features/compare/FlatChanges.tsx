import { plural, t } from '@lingui/core/macro'
import { Text } from '@mantine/core'
import { type ReactElement, useMemo } from 'react'
import { type RowOf, toRows } from '../../../contract/shapes/columns.ts'
import type { ChangeKind, ChangeList, ChangeListEvent } from '../../../contract/shapes/compare.ts'
import { describeError } from '../../client/describe-fault.ts'
import { useStream } from '../../client/use-stream.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatBytes, formatCount } from '../../components/format.ts'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import type { Column } from '../../components/table-columns.ts'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import { ChangeMark } from './ChangeMark.tsx'
import { type ChangeFilter, KINDS } from './change-rows.ts'
import { asDecided } from './content-decisions.ts'
import type { Comparison } from './use-comparison.ts'
import type { Differing } from './use-difference.ts'

export interface FlatChangesProps {
  readonly comparison: Comparison
  /** Another one for other sides. */
  readonly comparisonKey: string
  readonly filter: ChangeFilter
  /** Part of a path, without regard to case. */
  readonly text: string
  onShow(differing: Differing): void
}

type Row = RowOf<ChangeList> & { readonly bitRot: boolean }

interface Found {
  readonly rows: readonly RowOf<ChangeList>[]
  readonly complete: boolean
  /** Folders of the host that cannot be looked into. */
  readonly unread: number
}

/** More is narrowed by typing on. */
const LIMIT = 20_000
const NONE: Found = { rows: [], complete: true, unread: 0 }

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'kind',
    title: t`Change`,
    width: '76px',
    cell: ({ kind, bitRot }) => <ChangeMark kind={kind} bitRot={bitRot} />,
  },
  { id: 'path', title: t`Path`, width: 'minmax(160px, 1fr)', cell: ({ path }) => <FileName name={path} /> },
  {
    id: 'before',
    title: t`Earlier`,
    width: '92px',
    align: 'end',
    cell: (row) => (row.typeBefore === 'file' ? formatBytes(row.sizeBefore) : <Text c="dimmed">—</Text>),
    hideBelow: 640,
  },
  {
    id: 'after',
    title: t`Later`,
    width: '92px',
    align: 'end',
    cell: (row) => (row.typeAfter === 'file' ? formatBytes(row.sizeAfter) : <Text c="dimmed">—</Text>),
  },
]

/** All changes whose path holds a text, wherever they are. */
export function FlatChanges({ comparison, comparisonKey, filter, text, onShow }: FlatChangesProps): ReactElement {
  const { calls, levels } = comparison
  const { decisions } = levels
  const query = { metadata: filter.metadata, filter: text, limit: LIMIT }
  const { value, state, error, again } = useStream<Found, ChangeListEvent>({
    key: `${comparisonKey} ${JSON.stringify(query)}`,
    initial: NONE,
    open: (signal) => calls.changes(query, signal),
    reduce: (found, events) => ({
      rows: [...found.rows, ...events.flatMap((event) => (event.kind === 'changes' ? toRows(event.changes) : []))],
      complete: events.every((event) => event.kind !== 'ended' || event.complete),
      unread: events.reduce((sum, event) => sum + (event.kind === 'ended' ? (event.unread ?? 0) : 0), 0),
    }),
  })
  const rows = useMemo(
    () =>
      value.rows
        .map((row) => asDecided({ ...row, bitRot: row.modifier === 'M?' }, decisions.get(row.path)))
        .filter(({ kind }) => isListed(kind, filter)),
    [value.rows, filter, decisions],
  )
  if (state === 'failed')
    return (
      <SectionCard>
        <ErrorState description={describeError(error)} onRetry={again} />
      </SectionCard>
    )
  if (state === 'waiting')
    return (
      <SectionCard>
        <LoadingRows label={t`Looking for changes`} rows={10} columns="76px 1fr 92px 92px" />
      </SectionCard>
    )
  return (
    <>
      <VirtualTable
        label={t`Changed paths`}
        rows={rows}
        columns={COLUMNS}
        rowKey={({ path }) => path}
        onOpen={(row) => onShow({ ...row, path: row.path.replace(/(?<=.)\/$/, '') })}
        empty={<EmptyState title={state === 'live' ? t`None so far` : t`No changed path contains that`} />}
      />
      <Text size="xs" c="dimmed" role="status" flex="none">
        {foundWords(value, { count: rows.length, text, isLive: state === 'live' })}
      </Text>
    </>
  )
}

interface Listed {
  readonly count: number
  /** What was looked for. */
  readonly text: string
  readonly isLive: boolean
}

function foundWords({ complete, unread }: Found, { count, text, isLive }: Listed): string {
  const limit = formatCount(LIMIT)
  const found = t`${plural(count, { one: '# changed path', other: '# changed paths' })} with “${text}”`
  return [
    isLive ? t`${found}, looking on…` : found,
    !complete && t`only the first ${limit} are shown`,
    unread > 0 && t`the agent cannot look into ${plural(unread, { one: '# folder', other: '# folders' })} of the host`,
  ]
    .filter((words) => words !== false)
    .join('; ')
}

function isListed(kind: ChangeKind, { kinds }: ChangeFilter): boolean {
  // What was undecided is listed with what changed until somebody compares it, and after that.
  if (kind === 'undecided') return kinds.has('modified')
  return KINDS.some((each) => each === kind && kinds.has(each)) || kind === 'inside'
}
