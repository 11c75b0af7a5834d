import { lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** How the names of folders begin that a restore makes for itself among other people's files. */
const PRIVATE = /^\.restore-console-[A-Za-z0-9]{6}$/

export interface PrivateFolders {
  readonly removed: readonly string[]
  /** They are there and could not be removed. */
  readonly left: readonly string[]
}

/** Remove the private folders that a restore has left in some folders when it was killed. */
export async function removePrivateFolders(folders: readonly string[]): Promise<PrivateFolders> {
  const removed: string[] = []
  const left: string[] = []
  for (const folder of folders) {
    const names = await readdir(folder).catch((): string[] => [])
    for (const path of names.filter((name) => PRIVATE.test(name)).map((name) => join(folder, name))) {
      if (!(await isOwnFolder(path))) continue
      const isGone = await rm(path, { recursive: true, force: true }).then(
        () => true,
        () => false,
      )
      ;(isGone ? removed : left).push(path)
    }
  }
  return { removed, left }
}

async function isOwnFolder(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined)
  return found !== undefined && found.isDirectory() && found.uid === process.geteuid?.()
}
