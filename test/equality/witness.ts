import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ResticRepository } from '../../engine/restic/repository.ts'
import { runRestic, runResticForBytes } from '../restic.ts'

/** A node as restic prints it. */
export type Printed = Readonly<Record<string, unknown>>

export interface Witnessed {
  readonly id: string
  readonly treeId: string
  /** Every node of the snapshot as `restic ls --json` prints it, in its order. */
  readonly listed: readonly Printed[]
  /** The same of `restic find --json '*'`, which knows other fields. */
  readonly found: readonly Printed[]
}

/** What restic itself says of every snapshot of a repository. */
export async function witness(repository: ResticRepository): Promise<Witnessed[]> {
  const snapshots = await askJson<{ id: string; tree: string }[]>(repository, ['snapshots', '--json'])
  const found = await findAll(repository, ['*'])
  const witnessed: Witnessed[] = []
  for (const { id, tree } of snapshots) {
    const lines = (await runRestic(repository, ['ls', '--json', '--no-lock', id])).trim().split('\n')
    const listed = lines.slice(1).map((line) => JSON.parse(line) as Printed)
    witnessed.push({ id, treeId: tree, listed, found: found.get(id) ?? [] })
  }
  return witnessed
}

/** What `restic find --json` finds of these patterns, in each snapshot by its id. */
export async function findAll(
  repository: ResticRepository,
  patterns: readonly string[],
): Promise<Map<string, readonly Printed[]>> {
  const args = ['find', '--json', '--', ...patterns]
  const answer = await askJson<{ snapshot: string; matches: Printed[] }[]>(repository, args)
  return new Map(answer.map(({ snapshot, matches }) => [snapshot, matches]))
}

/** All files of a snapshot as `restic dump` writes them to an archive and tar unpacks it; asked for by their names' bytes. */
export async function dumpAll(
  repository: ResticRepository,
  snapshotId: string,
  directory: string,
): Promise<(path: Uint8Array) => Buffer> {
  mkdirSync(directory)
  const archive = join(directory, '..', `${snapshotId}.tar`)
  writeFileSync(archive, await runResticForBytes(repository, ['dump', '--no-lock', snapshotId, '/']))
  execFileSync('tar', ['-xf', archive, '-C', directory, '--no-same-owner', '--touch', '--exclude', 'special'])
  return (path) => readFileSync(Buffer.concat([Buffer.from(directory), path]))
}

async function askJson<T>(repository: ResticRepository, [command = '', ...args]: readonly string[]): Promise<T> {
  return JSON.parse(await runRestic(repository, [command, '--no-lock', ...args])) as T
}
