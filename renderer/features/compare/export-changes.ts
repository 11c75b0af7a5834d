import { type RowOf, toRows } from '../../../contract/shapes/columns.ts'
import type { ChangeList, ChangeListEvent } from '../../../contract/shapes/compare.ts'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { csvLine } from '../../components/csv.ts'
import type { ComparisonCalls } from './comparison-calls.ts'
import { asDecided } from './content-decisions.ts'

export type ChangesFormat = 'json' | 'csv' | 'text'

/** A host as it was when it was looked at. */
export interface HostNow {
  readonly host: string
  /** RFC 3339. */
  readonly time: string
}

export interface ChangesToExport {
  readonly calls: Pick<ComparisonCalls, 'changes'>
  /** Whether files hold the same of which somebody has asked the host, by path. */
  readonly decisions: ReadonlyMap<string, boolean>
  readonly before: Snapshot
  readonly after: Snapshot | HostNow
  /** Also what has only other metadata. */
  readonly metadata: boolean
  /** Only paths that hold it; all where it is empty. */
  readonly text: string
  readonly format: ChangesFormat
  readonly signal: AbortSignal
}

type Row = RowOf<ChangeList>

/** More than anybody reads; a run by restic makes a record of any length. */
const LIMIT = 1_000_000

/**
 * All changes as the parts of a file. In JSON names are exact, odd bytes and all, as the contract writes them; in CSV and
 * text they are escaped as on the screen. The text is as `restic diff` prints it. Throws what `changes` throws.
 */
export async function exportChanges(asked: ChangesToExport): Promise<string[]> {
  const { calls, metadata, text, format, signal } = asked
  const { head, line, join, foot } = WRITERS[format]
  const parts = [head(asked)]
  const wanted = { metadata, filter: text, limit: LIMIT }
  let isFirst = true
  for await (const event of await calls.changes(wanted, signal)) {
    if (event.kind === 'ended') {
      parts.push(foot(event))
      continue
    }
    const rows = toRows(event.changes).flatMap((row) => decidedRow(row, asked) ?? [])
    if (rows.length === 0) continue
    parts.push(`${isFirst ? '' : join}${rows.map(line).join(join)}`)
    isFirst = false
  }
  return parts
}

/** A row as far as its content was compared; undefined for one that turned out to have only other metadata, and is not wanted. */
function decidedRow(row: Row, { decisions, metadata }: ChangesToExport): Row | undefined {
  const { kind } = asDecided({ kind: row.kind, bitRot: false }, decisions.get(row.path))
  if (kind === row.kind) return row
  if (kind === 'metadata') return metadata ? { ...row, kind, modifier: 'U' } : undefined
  return { ...row, kind, modifier: 'M' }
}

type Ended = Extract<ChangeListEvent, { kind: 'ended' }>

interface Writer {
  head(asked: ChangesToExport): string
  line(row: Row): string
  /** Between two lines. */
  readonly join: string
  foot(ended: Ended): string
}

const WRITERS: Readonly<Record<ChangesFormat, Writer>> = {
  json: {
    head: ({ before, after, metadata }) =>
      `{"before":${JSON.stringify(before)},\n"after":${JSON.stringify(after)},\n"metadata":${metadata},\n"changes":[\n`,
    line: ({ path, modifier, kind, typeBefore, typeAfter, sizeBefore, sizeAfter }) =>
      JSON.stringify({ modifier, kind, path, typeBefore, typeAfter, bytesBefore: sizeBefore, bytesAfter: sizeAfter }),
    join: ',\n',
    foot: ({ complete, unread = 0 }) => `\n],"complete":${complete},"foldersNotRead":${unread}}\n`,
  },
  csv: {
    head: () => 'change,path,type before,type after,bytes before,bytes after\r\n',
    line: ({ path, kind, typeBefore, typeAfter, sizeBefore, sizeAfter }) =>
      csvLine([kind, showFileName(path), typeBefore ?? '', typeAfter ?? '', sizeBefore, sizeAfter]),
    join: '',
    foot: () => '',
  },
  text: {
    head: ({ before, after }) => `comparing snapshot ${before.id.slice(0, 8)} to ${nameOf(after)}:\n\n`,
    line: ({ path, modifier }) => `${modifier.padEnd(5)}${showFileName(path)}\n`,
    join: '',
    foot: ({ complete, unread = 0 }) =>
      [
        complete ? '' : '\nThere are more.\n',
        unread === 0
          ? ''
          : `\nThe agent cannot look into ${unread} ${unread === 1 ? 'folder' : 'folders'} of the host.\n`,
      ].join(''),
  },
}

function nameOf(side: Snapshot | HostNow): string {
  return 'id' in side ? side.id.slice(0, 8) : `${side.host} at ${side.time}`
}
