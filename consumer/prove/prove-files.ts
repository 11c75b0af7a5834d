import { runProgram } from '../../engine/process/program.ts'
import { asUser, plainEnvironment } from './as-user.ts'
import { type Proof, ProofFailed, type Proving } from './proof.ts'

/** A command of the operator's own that looks at restored files. */
export interface OwnCommand {
  readonly file: string
  readonly args: readonly string[]
  readonly seconds: number
}

/**
 * Files were read back against their hashes when they were restored. The operator's own command, if there is one, is run unprivileged in
 * the restored folder, within its time; its end other than 0 is a failure with what it said. Throws `ProofFailed`.
 */
export async function proveFiles(proving: Proving, command: OwnCommand | null): Promise<Proof> {
  if (command === null) return { postgresVersion: null, details: {} }
  const { directory, entry, mark, unprivileged, signal } = proving
  const limit = AbortSignal.timeout(command.seconds * 1000)
  const env = {
    ...plainEnvironment(mark),
    RESTORED: directory,
    SNAPSHOT_ID: entry.snapshotId ?? '',
    REPLICA_NAME: entry.name,
    REPLICA_TYPE: entry.type,
  }
  const said: string[] = []
  const keep = (line: string): void => {
    said.push(line)
    if (said.length > 20) said.shift()
  }
  const end = await runProgram({
    tool: command.file,
    secrets: [],
    ...asUser({ file: command.file, args: command.args, cwd: directory, env }, unprivileged),
    signal: AbortSignal.any([signal, limit]),
    onStdoutLine: keep,
    onStderrLine: keep,
  })
  signal.throwIfAborted()
  if (limit.aborted) throw new ProofFailed(`${command.file} had not ended after ${command.seconds} seconds.`)
  if (end.exitCode === 0) return { postgresVersion: null, details: { command: said.at(-1) ?? '' } }
  const ended = end.exitCode === null ? `was ended by ${end.signal}` : `ended with ${end.exitCode}`
  throw new ProofFailed([`${command.file} ${ended}.`, ...said].join('\n'))
}
