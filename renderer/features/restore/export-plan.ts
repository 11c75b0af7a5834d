import type { ConsoleClient } from '../../../contract/console/index.ts'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { RestorePlan } from '../../../contract/shapes/restore.ts'
import { itemAt, type PlannedItem } from './plan-rows.ts'

export type PlanFormat = 'json' | 'csv'

export interface PlanExport {
  readonly client: ConsoleClient
  readonly hostId: string
  readonly plan: RestorePlan
  readonly format: PlanFormat
  readonly signal: AbortSignal
  /** Told how much of it is written, 0 to 1. */
  onProgress(share: number): void
}

const PAGE = 5000

/**
 * All items of a plan as text, in parts, for a file. Names stand with their odd bytes as escapes; in JSON each has its exact
 * form beside it, in which a byte that is not UTF-8 is one `\udcXX`. Throws what `restores.planItems` throws.
 */
export async function exportPlan({ client, hostId, plan, format, signal, onProgress }: PlanExport): Promise<string[]> {
  const parts = [format === 'json' ? headOf(plan) : 'action,type,path,bytes,differs,comes as\r\n']
  let [offset, total] = [0, 1]
  while (offset < total) {
    const asked = { hostId, hash: plan.hash, actions: null, text: '', offset, limit: PAGE }
    const page = await client.restores.planItems(asked, { signal })
    total = page.total
    const lines = page.items.path.map((_, at) => lineOf(itemAt(page.items, at), format))
    if (lines.length === 0) break
    if (format === 'csv') parts.push(lines.map((line) => `${line}\r\n`).join(''))
    else parts.push(`${offset === 0 ? '' : ',\n'}${lines.join(',\n')}`)
    offset += lines.length
    onProgress(Math.min(1, offset / total))
  }
  if (format === 'json') parts.push('\n]}\n')
  return parts
}

function headOf(plan: RestorePlan): string {
  return `{"plan": ${JSON.stringify(plan)},\n"items": [\n`
}

function lineOf(item: PlannedItem | undefined, format: PlanFormat): string {
  if (item === undefined) return ''
  const { action, type, path, size, differs, comesAs } = item
  if (format === 'csv')
    return [action, type, showFileName(path), size, differs.join(' '), showFileName(comesAs)].map(cell).join(',')
  const named = { path: showFileName(path), exact: path, ...(comesAs === '' ? {} : { comesAs }) }
  return JSON.stringify({ action, type, ...named, bytes: size, differs })
}

/** As RFC 4180 has it. */
function cell(value: string | number): string {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
