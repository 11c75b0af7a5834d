import type { Stats } from 'node:fs'
import { chmod, lchown, lstat, readdir } from 'node:fs/promises'
import { fileNameFromBytes } from '../file-name.ts'
import type { Found } from './judge.ts'

export interface SettleRequest {
  readonly targetPath: string
  /** Told of everything that holds nothing else, with its exact snapshot path. */
  readonly onFound: (found: Found) => void
}

export interface SettledTarget {
  /** Entries whose owner could not be changed, e.g. on a file system that has none. */
  readonly notOwned: number
}

const SET_USER_AND_GROUP = 0o6000
const PERMISSIONS = 0o7777
const OWNER_MAY_ALL = 0o700
/** How many entries of a folder are looked at side by side. */
const WIDTH = 64

/**
 * Walk all that a restore wrote, following no link: say what is there and let nothing keep the owner that it had where
 * it was backed up. Everything becomes ours, and set-user-id and set-group-id go, since they would now give our rights
 * away. Permissions are otherwise left as restored; a folder that its owner may not read is opened for the visit.
 * See docs/decisions/0003-ownership-not-applied.md.
 */
export async function settleTarget({ targetPath, onFound }: SettleRequest): Promise<SettledTarget> {
  const visit = new Visit(Buffer.from(targetPath), onFound)
  await visit.folder(Buffer.from(targetPath), await lstat(targetPath))
  return { notOwned: visit.notOwned }
}

class Visit {
  readonly #root: Buffer
  readonly #onFound: (found: Found) => void
  readonly #us = { user: process.geteuid?.() ?? 0, group: process.getegid?.() ?? 0 }
  notOwned = 0

  constructor(root: Buffer, onFound: (found: Found) => void) {
    this.#root = root
    this.#onFound = onFound
  }

  async folder(path: Buffer, stat: Stats): Promise<void> {
    await using _opened = await openForOwner(path, stat)
    const names = await readdir(path, { encoding: 'buffer' })
    if (names.length === 0 && path.length > this.#root.length) this.#tell(path, 0)
    for (let at = 0; at < names.length; at += WIDTH) {
      const batch = names.slice(at, at + WIDTH).map((name) => this.#entry(Buffer.concat([path, SLASH, name])))
      // One folder after the other: a tree is as wide as it likes.
      for (const found of await Promise.all(batch))
        if (found.stat.isDirectory()) await this.folder(found.path, found.stat)
    }
  }

  async #entry(path: Buffer): Promise<{ path: Buffer; stat: Stats }> {
    const stat = await lstat(path)
    await this.#take(path, stat)
    if (!stat.isDirectory()) this.#tell(path, stat.size)
    return { path, stat }
  }

  async #take(path: Buffer, stat: Stats): Promise<void> {
    const { user, group } = this.#us
    try {
      // What any user but root restored belongs to that user from the start.
      if (user === 0 && (stat.uid !== user || stat.gid !== group)) await lchown(path, user, group)
      if (!stat.isSymbolicLink() && stat.mode & SET_USER_AND_GROUP) {
        await chmod(path, stat.mode & PERMISSIONS & ~SET_USER_AND_GROUP)
      }
    } catch {
      this.notOwned++
    }
  }

  #tell(path: Buffer, size: number): void {
    this.#onFound({ path: fileNameFromBytes(path.subarray(this.#root.length)), size })
  }
}

const SLASH = Buffer.from('/')

/** Let the owner into a folder for as long as the answer lives. Root needs no leave. */
async function openForOwner(path: Buffer, stat: Stats): Promise<AsyncDisposable> {
  const mode = stat.mode & PERMISSIONS & ~SET_USER_AND_GROUP
  const closed = process.geteuid?.() !== 0 && (mode & OWNER_MAY_ALL) !== OWNER_MAY_ALL
  if (closed) await chmod(path, mode | OWNER_MAY_ALL)
  return { [Symbol.asyncDispose]: async () => (closed ? await chmod(path, mode) : undefined) }
}
