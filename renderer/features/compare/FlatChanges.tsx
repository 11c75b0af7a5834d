import { Text } from '@mantine/core'
import { type ReactElement, useMemo } from 'react'
import { type RowOf, toRows } from '../../../contract/shapes/columns.ts'
import type { ChangeList, ChangeListEvent } from '../../../contract/shapes/compare.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { useStream } from '../../client/use-stream.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatBytes, formatCount, formatNumberOf } from '../../components/format.ts'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import type { Column } from '../../components/table-columns.ts'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import type { RepositoryKey } from '../basket/index.ts'
import { ChangeMark } from './ChangeMark.tsx'
import { type ChangeFilter, KINDS } from './change-rows.ts'
import { NOW, type Sides } from './sides.ts'
import type { Differing } from './use-difference.ts'

export interface FlatChangesProps {
  readonly place: RepositoryKey
  readonly sides: Sides
  readonly filter: ChangeFilter
  /** Part of a path, without regard to case. */
  readonly text: string
  onShow(differing: Differing): void
}

type Row = RowOf<ChangeList>

interface Found {
  readonly rows: readonly Row[]
  readonly complete: boolean
}

/** More is narrowed by typing on. */
const LIMIT = 20_000
const NONE: Found = { rows: [], complete: true }

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'kind',
    title: 'Change',
    width: '76px',
    cell: ({ kind, modifier }) => <ChangeMark kind={kind} bitRot={modifier === 'M?'} />,
  },
  { id: 'path', title: 'Path', width: 'minmax(160px, 1fr)', cell: ({ path }) => <FileName name={path} /> },
  {
    id: 'before',
    title: 'Earlier',
    width: '92px',
    align: 'end',
    cell: (row) => (row.typeBefore === 'file' ? formatBytes(row.sizeBefore) : <Text c="dimmed">—</Text>),
    hideBelow: 640,
  },
  {
    id: 'after',
    title: 'Later',
    width: '92px',
    align: 'end',
    cell: (row) => (row.typeAfter === 'file' ? formatBytes(row.sizeAfter) : <Text c="dimmed">—</Text>),
  },
]

/** All changes whose path holds a text, wherever they are. */
export function FlatChanges({ place, sides, filter, text, onShow }: FlatChangesProps): ReactElement {
  const client = useClient()
  const { before, after } = sides
  const query = {
    ...place,
    before: before.treeId,
    after: after === NOW ? null : after.treeId,
    metadata: filter.metadata,
    filter: text,
    limit: LIMIT,
  }
  const { value, state, error, again } = useStream<Found, ChangeListEvent>({
    key: JSON.stringify(query),
    initial: NONE,
    open: (signal) => client.compare.changes(query, { signal }),
    reduce: (found, events) => ({
      rows: [...found.rows, ...events.flatMap((event) => (event.kind === 'changes' ? toRows(event.changes) : []))],
      complete: events.every((event) => event.kind !== 'ended' || event.complete),
    }),
  })
  const rows = useMemo(
    () =>
      value.rows.filter(
        ({ kind }) => KINDS.some((each) => each === kind && filter.kinds.has(each)) || kind === 'inside',
      ),
    [value.rows, filter.kinds],
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
        <LoadingRows label="Looking for changes" rows={10} columns="76px 1fr 92px 92px" />
      </SectionCard>
    )
  return (
    <>
      <VirtualTable
        label="Changed paths"
        rows={rows}
        columns={COLUMNS}
        rowKey={({ path }) => path}
        onOpen={(row) => onShow({ ...row, path: row.path.replace(/(?<=.)\/$/, '') })}
        empty={<EmptyState title={state === 'live' ? 'None so far' : 'No changed path contains that'} />}
      />
      <Text size="xs" c="dimmed" role="status" flex="none">
        {formatNumberOf(rows.length, 'changed path')} with “{text}”{state === 'live' && ', looking on…'}
        {!value.complete && `; only the first ${formatCount(LIMIT)} are shown`}
      </Text>
    </>
  )
}
