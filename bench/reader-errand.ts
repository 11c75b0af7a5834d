import { existsSync, readFileSync } from 'node:fs'
import { listChanges } from '../engine/compare/list-changes.ts'
import { search } from '../engine/repository/search/search.ts'
import { openTreeReader } from '../engine/repository/tree-reader.ts'
import type { ResticRepository } from '../engine/restic/repository.ts'

/** What a process of its own does: open a repository, and read a thousand of its folders, search it, or compare two snapshots. */
export interface Errand {
  readonly what: 'open' | 'browse' | 'search' | 'diff'
  readonly repository: ResticRepository
  readonly snapshots: readonly { readonly id: string; readonly treeId: string }[]
}

/** As a level, its roll-up and a list of the changes do. */
const COMPARED = 3
const STATUS = '/proc/self/status'

async function run({ what, repository, snapshots }: Errand): Promise<void> {
  const reader = openTreeReader(repository)
  const open = snapshots.map(({ treeId }) => treeId)
  await reader.list(open[0] ?? '', {})
  const folders = what === 'browse' ? 1_000 : 0
  for (let read = 0; read < folders; read += 1) {
    const { treeId } = await reader.list(open.shift() ?? '', {})
    open.push(...treeId.filter((id) => id !== null))
  }
  if (what === 'search') {
    const pattern = { kind: 'glob', text: 'new-03-*.txt', ignoreCase: false } as const
    for await (const _ of search(reader, snapshots, { pattern }));
  }
  if (what === 'diff') {
    const pair = { before: snapshots.at(-1)?.treeId ?? null, after: snapshots[0]?.treeId ?? null }
    for (let again = 0; again < COMPARED; again += 1) for await (const _ of listChanges(reader, pair, {}));
  }
  console.log(peakMiB())
}

/** Linux counts to `maxRSS` what the parent held before it became this program; the kernel's own figure begins anew. */
function peakMiB(): number {
  const status = existsSync(STATUS) ? readFileSync(STATUS, 'utf8') : ''
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS
  return Number(kibibytes) / 1024
}

const errand = process.env['BENCH_ERRAND']
if (import.meta.main && errand !== undefined) await run(JSON.parse(errand) as Errand)
