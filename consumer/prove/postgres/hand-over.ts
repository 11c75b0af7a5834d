import { runProgram } from '../../../engine/process/program.ts'
import { plainEnvironment } from '../as-user.ts'
import { ProofFailed, type Proving } from '../proof.ts'

/**
 * Give folders, with all that is in them, to whoever runs the server: PostgreSQL refuses a data directory that is not its user's own, or that
 * others may enter. Throws `ProofFailed`.
 */
export async function handOver(
  { unprivileged: { user }, signal }: Pick<Proving, 'unprivileged' | 'signal'>,
  dataDirectory: string,
  folders: readonly string[],
): Promise<void> {
  await run('chmod', ['0700', dataDirectory], signal)
  if (user !== null) await run('chown', ['-R', '-h', user, ...folders], signal)
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
