import { toColumns } from '../../../contract/shapes/columns.ts'
import type { ChangeKind, ChangeListEvent, RollUp, RollUpEvent } from '../../../contract/shapes/compare.ts'
import { liveChangesAt } from './changes.ts'

/** The agent may not look into it. */
const CLOSED = '/var/log'

const NOTHING = {
  added: 0,
  addedBytes: 0,
  removed: 0,
  removedBytes: 0,
  modified: 0,
  modifiedBytesBefore: 0,
  modifiedBytesAfter: 0,
  retyped: 0,
  metadata: 0,
  undecided: 0,
  unread: 0,
}

interface Found {
  readonly path: string
  readonly row: ReturnType<typeof liveChangesAt>[number]
}

function* below(folder: string): Generator<Found, void> {
  if (folder === CLOSED) return
  for (const row of liveChangesAt(folder === '' ? '/' : folder)) {
    const path = `${folder}/${row.name}`
    yield { path, row }
    if ((row.typeAfter ?? row.typeBefore) === 'dir') yield* below(path)
  }
}

function rollUpOf(folder: string): RollUp {
  const sum = { ...NOTHING, unread: CLOSED.startsWith(`${folder}/`) || folder === CLOSED ? 1 : 0 }
  for (const { row } of below(folder)) {
    const isFolder = (row.typeAfter ?? row.typeBefore) === 'dir'
    if (row.kind === 'inside' || row.kind === 'same' || (isFolder && row.kind === 'undecided')) continue
    sum[row.kind] += 1
    if (row.kind === 'added') sum.addedBytes += row.sizeAfter
    if (row.kind === 'removed') sum.removedBytes += row.sizeBefore
    if (row.kind !== 'modified') continue
    sum.modifiedBytesBefore += row.sizeBefore
    sum.modifiedBytesAfter += row.sizeAfter
  }
  return sum
}

/** A whole comparison with the host now; it never ends where the world is slow. */
export async function* liveRollUpEvents(slow: boolean): AsyncGenerator<RollUpEvent, void> {
  const paths = [...below('')].flatMap(({ path, row }) => ((row.typeAfter ?? row.typeBefore) === 'dir' ? [path] : []))
  const told = slow ? paths.slice(0, 4) : paths
  yield {
    kind: 'folders',
    folders: toColumns(
      told.map((path) => ({ path, rollUp: rollUpOf(path) })),
      ['path', 'rollUp'],
    ),
  }
  if (slow) {
    yield { kind: 'looked', directories: 9_310, at: '/srv/share' }
    await new Promise(() => undefined)
  }
  yield { kind: 'ended', directories: paths.length, rollUp: rollUpOf('') }
}

const MODIFIERS: Readonly<Record<ChangeKind, string>> = {
  added: '+',
  removed: '-',
  modified: 'M',
  retyped: 'T',
  metadata: 'U',
  inside: '',
  undecided: '?',
  same: '',
}

/** All that differs from the host now, as a list. */
export function* liveChangeEvents(wanted: {
  readonly path: string
  readonly filter: string
  readonly limit: number
  readonly metadata: boolean
}): Generator<ChangeListEvent, void> {
  const from = wanted.path.replace(/\/$/, '')
  const found = [...below(from)].flatMap(({ path, row }) => {
    const { kind, typeBefore, typeAfter, sizeBefore, sizeAfter } = row
    const isFolder = (typeAfter ?? typeBefore) === 'dir'
    const modifier = isFolder && kind === 'undecided' ? '' : MODIFIERS[kind]
    const isWanted = modifier !== '' && (modifier !== 'U' || wanted.metadata)
    if (!isWanted || !path.toLowerCase().includes(wanted.filter.toLowerCase())) return []
    const shown = `${path.slice(from.length)}${isFolder ? '/' : ''}`
    return [{ path: shown, kind, modifier, typeBefore, typeAfter, sizeBefore, sizeAfter }]
  })
  const fields = ['path', 'kind', 'modifier', 'typeBefore', 'typeAfter', 'sizeBefore', 'sizeAfter'] as const
  yield { kind: 'changes', changes: toColumns(found.slice(0, wanted.limit), fields) }
  yield { kind: 'ended', complete: found.length <= wanted.limit, unread: 1 }
}
