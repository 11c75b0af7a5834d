import { Fault } from '../../contract/errors.ts'
import { type Program, type ProgramEnd, type ProgramRequest, runProgram } from '../process/program.ts'
import { faultOf } from './fault.ts'
import { placeOf, type ResticRepository, resticEnvironment, secretsOf } from './repository.ts'
import { RESTIC_WANTED } from './restic.ts'

type Given =
  | 'args'
  | 'cwd'
  | 'input'
  | 'signal'
  | 'graceMilliseconds'
  | 'onStdoutLine'
  | 'onStderrLine'
  | 'onStdoutBytes'
export type ResticCall = Pick<ProgramRequest, Given>

/**
 * One subcommand, its arguments and the reading of its answer: what is asked decides what is said. The parser is given
 * all of standard output.
 */
export interface ResticCommand<T> {
  readonly args: readonly string[]
  readonly parse: (stdout: string) => T
}

/** Run restic on a repository to its end, whatever its exit code. Throws `tool_missing`. */
export function runRestic(repository: ResticRepository, call: ResticCall): Promise<ProgramEnd> {
  const { cwd, input } = call
  const restic: Program = {
    file: repository.restic.path,
    args: repository.access.password === '' ? ['--insecure-no-password', ...call.args] : call.args,
    env: resticEnvironment(repository),
    ...(cwd === undefined ? {} : { cwd }),
    ...(input === undefined ? {} : { input }),
  }
  // A folder or an input that was for restic must not be taken for those of what is started in its place.
  const { cwd: _, input: __, ...watched } = call
  return runProgram({
    ...watched,
    ...(repository.startAs?.(restic) ?? restic),
    tool: 'restic',
    wanted: RESTIC_WANTED,
    secrets: secretsOf(repository),
  })
}

/** The same, but throws what `faultOf` makes of any end other than exit code 0. */
export async function completeRestic(repository: ResticRepository, call: ResticCall): Promise<ProgramEnd> {
  const end = await runRestic(repository, call)
  if (end.exitCode !== 0 || end.stopped) throw faultOf(end, { place: placeOf(repository.access.url) })
  return end
}

/** Ask restic and read its answer. Throws what `completeRestic` throws, and `tool_failed` for an answer that is none. */
export async function askRestic<T>(
  repository: ResticRepository,
  command: ResticCommand<T>,
  options: Pick<ResticCall, 'signal' | 'cwd' | 'onStderrLine'>,
): Promise<T> {
  const end = await completeRestic(repository, { ...options, args: command.args })
  try {
    return command.parse(end.stdout)
  } catch (cause) {
    const stderrTail = `It answered "restic ${command.args[0] ?? ''}" with something that cannot be read.`
    throw new Fault('tool_failed', { tool: 'restic', exitCode: 0, stderrTail }, { cause })
  }
}
