import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Snapshot } from '../../contract/shapes/snapshot.ts'
import type { ResticRepository } from '../../engine/restic/repository.ts'
import { listSnapshots } from '../../engine/restic/snapshots.ts'
import { repositoryAt, runRestic } from '../../test/restic.ts'
import { changeSource, createSource, foldersOf, SIZES } from './source-tree.ts'

export type SizeName = keyof typeof SIZES

export interface BenchRepository {
  readonly size: SizeName
  /** The folder that holds `repository` and restic's cache of it. */
  readonly directory: string
  /** The repository, in that folder. */
  readonly local: ResticRepository
  /** Newest first. */
  readonly snapshots: readonly Snapshot[]
  /** Folders that every first state has, as paths in a snapshot. */
  readonly folders: readonly string[]
}

const HOME = join(import.meta.dirname, '..', '..', '.tools', 'bench')

/** The repository of a size, made by restic when it is not there yet: a few minutes for the full one. */
export async function benchRepository(size: SizeName): Promise<BenchRepository> {
  const directory = join(HOME, size)
  if (!existsSync(directory)) await make(directory, size)
  const local = repositoryAt(directory, { url: join(directory, 'repository') })
  const snapshots = await listSnapshots(local, {})
  return { size, directory, local, snapshots, folders: foldersOf(SIZES[size]).map((folder) => `/${folder}`) }
}

async function make(directory: string, sizeName: SizeName): Promise<void> {
  const unfinished = `${directory}.unfinished`
  const size = SIZES[sizeName]
  await rm(unfinished, { recursive: true, force: true })
  const source = join(unfinished, 'source')
  await mkdir(source, { recursive: true })
  const repository = repositoryAt(unfinished, { url: join(unfinished, 'repository') })
  await runRestic(repository, ['init'])
  console.error(`making the ${sizeName} repository`)
  createSource(source, size)
  for (let step = 0; step < size.snapshots; step += 1) {
    if (step > 0) changeSource(source, size, step)
    const day = String(step + 1).padStart(2, '0')
    const args = ['--quiet', '--host', 'files', '--time', `2026-01-${day} 03:00:00`, '.']
    await runRestic(repository, ['backup', ...args], source)
    console.error(`snapshot ${step + 1} of ${size.snapshots}`)
  }
  await rm(source, { recursive: true })
  await rename(unfinished, directory)
}
