import { runProgram } from '../../engine/process/program.ts'
import { asUser, plainEnvironment } from './as-user.ts'
import { OutOfReach, ProofFailed, type Proving } from './proof.ts'

/**
 * Give folders, with all that is in them, to whoever comes near what was restored, and have them change one's permissions as `mode` says (`chmod`'s
 * arguments): from then on nothing in them is changed with our rights by a path. Throws `ProofFailed`, `OutOfReach`.
 */
export async function handOver(
  { unprivileged: { user }, signal }: Pick<Proving, 'unprivileged' | 'signal'>,
  mode: readonly string[],
  directory: string,
  folders: readonly string[],
): Promise<void> {
  const chmod = { file: 'chmod', args: [...mode, '--', directory], cwd: '/', env: plainEnvironment({}) }
  if (user !== null) {
    const chown = { file: 'chown', args: ['-R', '-h', String(user.uid), '--', ...folders], env: plainEnvironment({}) }
    const { exitCode, stderrTail } = await runProgram({ tool: 'chown', secrets: [], ...chown, signal })
    if (exitCode !== 0) throw new ProofFailed(`The restored data cannot be given to its user: ${stderrTail.trim()}`)
  }
  const { exitCode, stderrTail } = await runProgram({
    tool: 'chmod',
    secrets: [],
    ...asUser(chmod, { user }),
    signal,
  })
  if (exitCode === 0) return
  if (user === null) throw new ProofFailed(`The restored data cannot be made its user's own: ${stderrTail.trim()}`)
  throw new OutOfReach(
    `The user ${user.name} is not let through to ${directory}: restore to a folder where everybody may pass.`,
  )
}
