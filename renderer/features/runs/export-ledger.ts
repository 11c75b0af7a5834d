import type { ConsoleClient } from '../../../contract/console/index.ts'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { LedgerAction, LedgerPage, Run } from '../../../contract/shapes/run.ts'
import { csvLine } from '../../components/csv.ts'
import { itemAt, type LedgerItem } from './ledger-rows.ts'

export type LedgerFormat = 'csv' | 'json'

export interface LedgerToExport {
  readonly client: ConsoleClient
  readonly hostId: string
  readonly run: Run
  /** Null for all. */
  readonly action: LedgerAction | null
  readonly text: string
  readonly format: LedgerFormat
  readonly signal: AbortSignal
  /** How much is read, 0 to 1. */
  onProgress(share: number): void
}

/** As many as one answer may hold. */
const LIMIT = 5000

/**
 * A ledger as the parts of a file. In JSON names are exact, odd bytes and all, as the contract writes them; in CSV they
 * are escaped as on the screen. Throws what `runs.ledger` throws.
 */
export async function exportLedger(asked: LedgerToExport): Promise<string[]> {
  const { client, hostId, run, action, text, format, signal, onProgress } = asked
  const parts = [format === 'csv' ? 'outcome,type,path,bytes,reason\r\n' : headOf(run)]
  for (let offset = 0, total = 1; offset < total; offset += LIMIT) {
    const input = { hostId, runId: run.id, action, text, offset, limit: LIMIT }
    const page = await client.runs.ledger(input, { signal })
    total = page.total
    const lines = linesOf(page, format === 'csv' ? csvOf : jsonLine)
    if (lines.length > 0)
      parts.push(format === 'csv' ? lines.join('') : `${offset === 0 ? '' : ',\n'}${lines.join(',\n')}`)
    onProgress(total === 0 ? 1 : Math.min(1, (offset + LIMIT) / total))
  }
  if (format === 'json') parts.push('\n]}\n')
  return parts
}

/** The run itself stands first: a ledger without it proves little. */
function headOf(run: Run): string {
  return `{"run":${JSON.stringify(run)},\n"items":[\n`
}

function linesOf({ items }: LedgerPage, lineOf: (item: LedgerItem) => string): string[] {
  return items.path.flatMap((_, index) => {
    const item = itemAt(items, index)
    return item === null ? [] : [lineOf(item)]
  })
}

function jsonLine({ path, type, action, size, reason }: LedgerItem): string {
  return JSON.stringify({ outcome: action, type, path, bytes: size, reason })
}

function csvOf({ path, type, action, size, reason }: LedgerItem): string {
  return csvLine([action, type, showFileName(path), size, showFileName(reason)])
}
