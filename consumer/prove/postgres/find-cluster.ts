import { lstat, mkdir, readdir, readFile, readlink, realpath, rename, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
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
  const file = join(dataDirectory, 'PG_VERSION')
  const isFile = (await lstat(file).catch(() => undefined))?.isFile() === true
  const version = isFile ? await readFile(file, 'utf8').catch(() => '') : ''
  if (!/^\d+(\.\d+)?$/.test(version.trim())) {
    throw new ProofFailed('PG_VERSION of the restored data directory is missing, or says no version.')
  }
  return { dataDirectory, version: version.trim() }
}

/**
 * The cluster in a folder of its own, where every folder above lets its user through. Links in a data directory lead to places of the machine that
 * was backed up, and here perhaps to a living cluster. They are led to what was restored of that place, and to nothing else. `root`: below it
 * lies every restored path. Throws `ProofFailed`.
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
  if (!(await lstat(tablespaces)).isDirectory()) {
    throw new ProofFailed('pg_tblspc of the restored data directory is a link, where PostgreSQL has a folder.')
  }
  const spaces = (await readdir(tablespaces)).map((name) => join(tablespaces, name))
  for (const link of [...spaces, join(dataDirectory, 'pg_wal')]) {
    const state = await lstat(link).catch(() => undefined)
    if (state?.isSymbolicLink() !== true) continue
    const from = join('/', relative(root, found), relative(dataDirectory, dirname(link)))
    const place = resolve(from, await readlink(link))
    const restored = await restoredOf(place, root)
    if (restored === undefined) {
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

/** What was restored of a place of the machine that was backed up, whatever links are on the way; undefined where they lead out of it. */
async function restoredOf(place: string, root: string): Promise<string | undefined> {
  const path = await realpath(join(root, place)).catch(() => undefined)
  return path?.startsWith(`${await realpath(root)}${sep}`) === true ? path : undefined
}
