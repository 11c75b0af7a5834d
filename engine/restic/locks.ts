import { z } from 'zod'
import { isFault } from '../../contract/errors.ts'
import type { ResticRepository } from './repository.ts'
import { askRestic, completeRestic, type ResticCommand } from './run-restic.ts'

export interface Lock {
  readonly exclusive: boolean
  /** `user@host (pid)` */
  readonly by: string
  /** RFC 3339; restic refreshes a lock every five minutes. */
  readonly since: string
}

interface Options {
  readonly signal?: AbortSignal
}

/** Locks to look at; each costs a restic. A repository with more has been left by many that crashed. */
const MOST = 20

const lockSchema = z.object({
  time: z.string(),
  exclusive: z.boolean(),
  hostname: z.string(),
  username: z.string(),
  pid: z.number().int(),
})

const list: ResticCommand<string[]> = {
  args: ['list', 'locks', '--no-lock'],
  parse: (stdout) => stdout.split('\n').filter((line) => /^[0-9a-f]{64}$/.test(line)),
}

const lock = (id: string): ResticCommand<Lock> => ({
  args: ['cat', 'lock', id, '--no-lock'],
  parse: (stdout) => {
    const found = lockSchema.parse(JSON.parse(stdout))
    return { exclusive: found.exclusive, by: `${found.username}@${found.hostname} (${found.pid})`, since: found.time }
  },
})

/** Who holds the repository now, without locking it. Throws what `completeRestic` throws. */
export async function listLocks(repository: ResticRepository, options: Options): Promise<Lock[]> {
  const locks: Lock[] = []
  for (const id of (await askRestic(repository, list, options)).slice(0, MOST)) {
    const found = await readLock(repository, id, options)
    if (found) locks.push(found)
  }
  return locks
}

/** Remove locks whose holder is gone (restic's own rule: dead on this host, or older than 30 minutes); never a live one. */
export async function unlockStale(repository: ResticRepository, options: Options): Promise<void> {
  await completeRestic(repository, { ...options, args: ['unlock'] })
}

/** A lock may go while we look: then there is none. */
async function readLock(repository: ResticRepository, id: string, options: Options): Promise<Lock | undefined> {
  try {
    return await askRestic(repository, lock(id), options)
  } catch (error) {
    if (isFault(error, 'tool_failed')) return undefined
    throw error
  }
}
