import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { search } from '../engine/repository/search/search.ts'
import { openTreeReader } from '../engine/repository/tree-reader.ts'
import type { ResticRepository } from '../engine/restic/repository.ts'
import type { BenchRepository } from './repository/bench-repository.ts'

interface Errand {
  readonly what: 'open' | 'browse' | 'search'
  readonly repository: ResticRepository
  readonly snapshots: readonly { readonly id: string; readonly treeId: string }[]
}

/**
 * The most memory, in MiB, that a process held which did nothing but open a repository, and read a thousand of its folders
 * or search it. Node itself is in it.
 */
export async function readerMemory(
  repository: ResticRepository,
  { snapshots }: BenchRepository,
  what: Errand['what'],
): Promise<number> {
  const errand: Errand = { what, repository, snapshots: snapshots.map(({ id, treeId }) => ({ id, treeId })) }
  const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename], {
    env: { ...process.env, BENCH_ERRAND: JSON.stringify(errand) },
  })
  return Number(stdout)
}

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
  console.log(process.resourceUsage().maxRSS / 1024)
}

const errand = process.env['BENCH_ERRAND']
if (import.meta.main && errand !== undefined) await run(JSON.parse(errand) as Errand)
