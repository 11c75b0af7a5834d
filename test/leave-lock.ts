import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type ResticRepository, resticEnvironment } from '../engine/restic/repository.ts'

/** Milliseconds. */
const LOOK = 2
const PATIENCE = 20_000

/** Leave an exclusive lock on a local repository, as a restic does that is killed in the middle of a prune. */
export async function leaveExclusiveLock(repository: ResticRepository): Promise<void> {
  const locks = join(repository.access.url, 'locks')
  const child = spawn(repository.restic.path, ['check'], { env: resticEnvironment(repository), stdio: 'ignore' })
  const ended = once(child, 'exit')
  const isThere = (): boolean => readdirSync(locks).some((name) => /^[0-9a-f]{64}$/.test(name))
  for (let waited = 0; !isThere(); waited += LOOK) {
    if (child.exitCode !== null || waited > PATIENCE) throw new Error('restic made no lock that could be left')
    await pause(LOOK)
  }
  child.kill('SIGKILL')
  await ended
}
