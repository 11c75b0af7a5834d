import { runProgram } from '../../../engine/process/program.ts'
import { asUser, plainEnvironment } from '../as-user.ts'
import { OutOfReach, ProofFailed, type Proving } from '../proof.ts'

/**
 * Give folders, with all that is in them, to whoever runs the server: PostgreSQL refuses a data directory that is not its user's own, or that
 * others may enter. Throws `ProofFailed`, `OutOfReach`.
 */
export async function handOver(
  { unprivileged: { user }, signal }: Pick<Proving, 'unprivileged' | 'signal'>,
  dataDirectory: string,
  folders: readonly string[],
): Promise<void> {
  await run('chmod', ['0700', dataDirectory], signal)
  if (user === null) return
  await run('chown', ['-R', '-h', String(user.uid), ...folders], signal)
  const asked = asUser({ file: 'test', args: ['-x', dataDirectory], cwd: '/', env: plainEnvironment({}) }, { user })
  const { exitCode } = await runProgram({ tool: 'test', secrets: [], ...asked, signal })
  if (exitCode !== 0)
    throw new OutOfReach(
      `The user ${user.name} is not let through to ${dataDirectory}: restore to a folder where everybody may pass.`,
    )
}

async function run(file: string, args: readonly string[], signal: AbortSignal): Promise<void> {
  const { exitCode, stderrTail } = await runProgram({
    tool: file,
    secrets: [],
    file,
    args,
    env: plainEnvironment({}),
    signal,
  })
  if (exitCode !== 0) throw new ProofFailed(`The restored data cannot be given to its user: ${stderrTail.trim()}`)
}
