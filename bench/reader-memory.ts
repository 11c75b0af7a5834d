import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ResticRepository } from '../engine/restic/repository.ts'
import { AGENT_MEMORY } from '../main/adapters/local-agent.ts'
import type { Errand } from './reader-errand.ts'
import type { BenchRepository } from './repository/bench-repository.ts'

/** V8 counts three halves to its young part. */
const SEMI_SPACES = 3

/**
 * What the agent's thread is held to, as flags: a thread would be measured together with the one that started it, a tenth of
 * the whole, which does nothing here.
 */
const FLAGS = [
  `--max-semi-space-size=${AGENT_MEMORY.youngMiB / SEMI_SPACES}`,
  `--heap-growing-percent=${AGENT_MEMORY.growthPercent}`,
]

/**
 * The most memory, in MiB, that a process held which did nothing but open a repository, and read a thousand of its folders,
 * search it, or compare the first snapshot with the last. Node itself is in it.
 */
export async function readerMemory(
  repository: ResticRepository,
  { snapshots }: BenchRepository,
  what: Errand['what'],
): Promise<number> {
  const errand: Errand = { what, repository, snapshots: snapshots.map(({ id, treeId }) => ({ id, treeId })) }
  const { stdout } = await promisify(execFile)(process.execPath, [...FLAGS, await bundled()], {
    env: { ...process.env, BENCH_ERRAND: JSON.stringify(errand) },
  })
  return Number(stdout)
}

/** The errand as it would be shipped: what Node needs to read TypeScript is 60 MiB, and no part of a reader. */
async function bundled(): Promise<string> {
  const folder = join(import.meta.dirname, '..', '.tools', 'bench', 'reader-memory')
  const { build } = await import('vite')
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'reader-errand.ts'),
      outDir: folder,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
    },
  })
  return join(folder, 'reader-errand.js')
}
