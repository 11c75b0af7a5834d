import { existsSync } from 'node:fs'
import { lstat, mkdir, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ProofFailed } from '../proof.ts'
import { walkFiles } from '../walk-files.ts'

/** A data directory of PostgreSQL that was restored. */
export interface Cluster {
  readonly dataDirectory: string
  /** `15`; `9.6` before 10. */
  readonly version: string
}

/** The one data directory in what was restored: a folder with `PG_VERSION` and `global/pg_control`. Throws `ProofFailed`. */
export async function findCluster(directory: string, signal: AbortSignal): Promise<Cluster> {
  const found: string[] = []
  for await (const path of walkFiles(directory, signal)) {
    if (basename(path) === 'pg_control' && basename(dirname(path)) === 'global') found.push(dirname(dirname(path)))
  }
  const [dataDirectory, other] = found.toSorted()
  if (dataDirectory === undefined) {
    throw new ProofFailed('There is no PostgreSQL data directory in what was restored: no global/pg_control was found.')
  }
  if (other !== undefined) {
    throw new ProofFailed(`There are ${found.length} PostgreSQL data directories in what was restored, and not one.`)
  }
  const version = await readFile(join(dataDirectory, 'PG_VERSION'), 'utf8').catch(() => '')
  if (!/^\d+(\.\d+)?$/.test(version.trim())) {
    throw new ProofFailed('PG_VERSION of the restored data directory is missing, or says no version.')
  }
  return { dataDirectory, version: version.trim() }
}

/**
 * The cluster in a folder of its own, where every folder above lets its user through. Links in a data directory lead to absolute places: of the
 * machine that was backed up, and here perhaps to a living cluster. They are led to what was restored of that place. `root`: below it lies every
 * restored path. Throws `ProofFailed`.
 */
export async function gather(
  { dataDirectory: found, version }: Cluster,
  root: string,
  beside: string,
): Promise<Cluster> {
  const dataDirectory = join(beside, 'data')
  await rename(found, dataDirectory)
  const tablespaces = join(dataDirectory, 'pg_tblspc')
  await mkdir(tablespaces, { recursive: true })
  const spaces = (await readdir(tablespaces)).map((name) => join(tablespaces, name))
  for (const link of [...spaces, join(dataDirectory, 'pg_wal')]) {
    const state = await lstat(link).catch(() => undefined)
    if (state?.isSymbolicLink() !== true) continue
    const place = await readlink(link)
    const restored = join(root, place)
    if (!existsSync(restored)) {
      throw new ProofFailed(
        `${basename(link)} of the data directory leads to ${place}, which the snapshot does not hold.`,
      )
    }
    const gathered = join(beside, `place-${basename(link)}`)
    await rename(restored, gathered)
    await rm(link)
    await symlink(gathered, link)
  }
  return { dataDirectory, version }
}
