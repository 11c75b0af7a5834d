import { runProgram } from '../../engine/process/program.ts'
import { Fault } from '../../contract/errors.ts'
import { plainEnvironment } from './as-user.ts'
import type { Unprivileged } from './proof.ts'

/** A user of this machine by name, with the numbers that a program is started with. Null is the consumer itself. Throws `not_found` (`user`). */
export async function findUser(name: string | null): Promise<Unprivileged> {
  if (name === null) return { user: null }
  const [uid, gid] = await Promise.all([idOf(name, '-u'), idOf(name, '-g')])
  return { user: { name, uid, gid } }
}

async function idOf(name: string, which: '-u' | '-g'): Promise<number> {
  const { exitCode, stdout } = await runProgram({
    tool: 'id',
    secrets: [],
    file: 'id',
    args: [which, '--', name],
    env: plainEnvironment({}),
  })
  if (exitCode !== 0) throw new Fault('not_found', { what: 'user', id: name })
  return Number(stdout.trim())
}
