import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { search } from '../engine/repository/search/search.ts'
import { openTreeReader } from '../engine/repository/tree-reader.ts'
import type { ResticRepository } from '../engine/restic/repository.ts'
import type { BenchRepository } from './repository/bench-repository.ts'

const STATUS = '/proc/self/status'

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
  const { stdout } = await promisify(execFile)(process.execPath, [await bundled()], {
    env: { ...process.env, BENCH_ERRAND: JSON.stringify(errand) },
  })
  return Number(stdout)
}

/** This module as it would be shipped: what Node needs to read TypeScript is 60 MiB, and no part of a reader. */
async function bundled(): Promise<string> {
  const folder = join(import.meta.dirname, '..', '.tools', 'bench', 'reader-memory')
  const { build } = await import('vite')
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: { ssr: import.meta.filename, outDir: folder, emptyOutDir: true, target: 'node24', minify: false },
  })
  return join(folder, 'reader-memory.js')
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
