import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'

const WRITABLE_BY_OTHERS = 0o002
const WRITABLE_BY_GROUP = 0o020
const STICKY = 0o1000

/**
 * The first folder above `path` that a user other than us could rename or replace while we write below it; undefined
 * when there is none. restic goes by paths: whoever can put a symbolic link in place of a folder on the way leads a
 * restore that runs as root to any place. `path` is absolute and without symbolic links.
 */
export async function folderOfStranger(path: string, ourUser: number): Promise<string | undefined> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = await statOrNothing(folder)
    if (found !== undefined && !isOursAlone(found, ourUser)) return folder
    if (folder === dirname(folder)) return undefined
  }
}

/** Whether a user other than us may write to a folder itself. Sticky or not: what is in it may be anybody's. */
export async function isOpenToStrangers(folder: string, ourUser: number): Promise<boolean> {
  const found = await statOrNothing(folder)
  return found !== undefined && !isOursAlone({ ...found, mode: found.mode & ~STICKY }, ourUser)
}

interface Ownership {
  readonly uid: number
  readonly gid: number
  readonly mode: number
}

function isOursAlone({ uid, gid, mode }: Ownership, ourUser: number): boolean {
  if (uid !== 0 && uid !== ourUser) return false
  // In a sticky folder such as /tmp only the owner of an entry may rename it.
  if (mode & STICKY) return true
  return !(mode & WRITABLE_BY_OTHERS) && (!(mode & WRITABLE_BY_GROUP) || gid === 0)
}

async function statOrNothing(folder: string): Promise<Ownership | undefined> {
  try {
    const { uid, gid, mode } = await stat(folder)
    return { uid, gid, mode }
  } catch {
    return undefined
  }
}
