import type { ConsoleClient } from '../../../contract/console/index.ts'
import { type RowOf, toRows } from '../../../contract/shapes/columns.ts'
import type { ChangeList } from '../../../contract/shapes/compare.ts'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { csvLine } from '../../components/csv.ts'

export type ChangesFormat = 'json' | 'csv' | 'text'

export interface ChangesToExport {
  readonly client: ConsoleClient
  readonly hostId: string
  readonly repositoryId: string
  readonly before: Snapshot
  readonly after: Snapshot
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
 * text they are escaped as on the screen. The text is as `restic diff` prints it. Throws what `compare.changes` throws.
 */
export async function exportChanges(asked: ChangesToExport): Promise<string[]> {
  const { client, hostId, repositoryId, before, after, metadata, text, format, signal } = asked
  const { head, line, join, foot } = WRITERS[format]
  const parts = [head(asked)]
  const pair = { before: before.treeId, after: after.treeId }
  const query = { hostId, repositoryId, ...pair, metadata, filter: text, limit: LIMIT }
  let isFirst = true
  for await (const event of await client.compare.changes(query, { signal })) {
    if (event.kind === 'ended') {
      parts.push(foot(event.complete))
      continue
    }
    const lines = toRows(event.changes).map(line)
    parts.push(`${isFirst ? '' : join}${lines.join(join)}`)
    isFirst = false
  }
  return parts
}

interface Writer {
  head(asked: ChangesToExport): string
  line(row: Row): string
  /** Between two lines. */
  readonly join: string
  foot(complete: boolean): string
}

const WRITERS: Readonly<Record<ChangesFormat, Writer>> = {
  json: {
    head: ({ before, after, metadata }) =>
      `{"before":${JSON.stringify(before)},\n"after":${JSON.stringify(after)},\n"metadata":${metadata},\n"changes":[\n`,
    line: ({ path, modifier, kind, typeBefore, typeAfter, sizeBefore, sizeAfter }) =>
      JSON.stringify({ modifier, kind, path, typeBefore, typeAfter, bytesBefore: sizeBefore, bytesAfter: sizeAfter }),
    join: ',\n',
    foot: (complete) => `\n],"complete":${complete}}\n`,
  },
  csv: {
    head: () => 'change,path,type before,type after,bytes before,bytes after\r\n',
    line: ({ path, kind, typeBefore, typeAfter, sizeBefore, sizeAfter }) =>
      csvLine([kind, showFileName(path), typeBefore ?? '', typeAfter ?? '', sizeBefore, sizeAfter]),
    join: '',
    foot: () => '',
  },
  text: {
    head: ({ before, after }) => `comparing snapshot ${before.id.slice(0, 8)} to ${after.id.slice(0, 8)}:\n\n`,
    line: ({ path, modifier }) => `${modifier.padEnd(5)}${showFileName(path)}\n`,
    join: '',
    foot: (complete) => (complete ? '' : '\nThere are more.\n'),
  },
}
