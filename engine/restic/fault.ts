import { z } from 'zod'
import { Fault } from '../../contract/errors.ts'
import { reasonOf } from '../../contract/reasons.ts'
import type { ProgramEnd } from '../process/program.ts'
import { readJsonLine } from './json-line.ts'

export interface FaultContext {
  /** The server's name or the folder, for `unreachable`. */
  readonly place: string
  readonly now?: Date
}

const exitErrorSchema = z.object({
  message_type: z.literal('exit_error'),
  code: z.number().int(),
  message: z.string(),
})

const REFUSED = [
  /HTTP response \((401|403)\)/,
  /\b(AccessDenied|Access Denied|InvalidAccessKeyId|SignatureDoesNotMatch)\b/i,
  /Access Key Id you provided does not exist/,
  /The request signature we calculated does not match/,
  /Permission denied \(\S*(publickey|password)/,
]
const OUT_OF_REACH = [
  /connection refused/i,
  /no such host/,
  /Could not resolve hostname/,
  /(i\/o|TLS handshake|operation|Connection|context) (timeout|timed out|deadline exceeded)/i,
  /no route to host/i,
  /network is unreachable/i,
  /connection reset by peer/,
  /(x509|tls): /,
  /Host key verification failed/,
]

/**
 * What went wrong, from the way restic ended: exit codes 10, 11 and 12 (restic >= 0.17.1, "Scripting" in its manual),
 * then what it said, as `exit_error` (>= 0.18) or as text. A restic that we stopped is `cancelled`, with
 * what it complained of until then as the cause.
 */
export function faultOf(end: ProgramEnd, context: FaultContext): Fault {
  const fault = faultOfText(end, context)
  return end.stopped ? new Fault('cancelled', {}, { cause: fault }) : fault
}

function faultOfText(end: ProgramEnd, context: FaultContext): Fault {
  const said = end.stderrTail.split('\n')
  const last = readExitError(said)
  const text = (last === undefined ? said : [...said.filter((line) => !line.startsWith('{')), last.message]).join('\n')
  const code = last?.code ?? end.exitCode

  if (REFUSED.some((pattern) => pattern.test(text))) return new Fault('unauthenticated', { by: 'backend' })
  if (code === 12 || /wrong password or no key found/.test(text)) return new Fault('wrong_password', {})
  if (code === 11 || /repository is already locked/.test(text)) {
    return new Fault('repository_locked', lockHolder(text, context.now ?? new Date()))
  }
  if (code === 10 || (/Is there a repository at the following location\?/.test(text) && /does not exist/.test(text))) {
    return new Fault('repository_not_initialised', {})
  }
  const unreachable = said.concat(last?.message ?? []).findLast((line) => matches(line, OUT_OF_REACH))
  if (unreachable !== undefined) {
    const said = networkWords(unreachable)
    return new Fault('unreachable', { host: context.place, ...reasonOf('restic_said', { said }) })
  }
  return new Fault('tool_failed', { tool: 'restic', exitCode: end.exitCode, stderrTail: explain(end, last?.message) })
}

/** Holder and moment of a lock from restic's own words: `PID 7 on web by root (…)`, `lock was created at … (3s ago)`. */
function lockHolder(text: string, now: Date): { by: string; since: string | null } {
  const [, pid, host, user] = /by PID (\d+) on (.+?) by (.*?) \(UID/.exec(text) ?? []
  const age = /lock was created at [\d: -]+ \(([\dhmsµnu.]+) ago\)/.exec(text)?.[1]
  const milliseconds = age === undefined ? undefined : goDuration(age)
  return {
    by: pid === undefined ? '' : `${user}@${host} (${pid})`,
    since: milliseconds === undefined ? null : new Date(now.getTime() - milliseconds).toISOString(),
  }
}

const UNITS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  µs: 0.001,
  us: 0.001,
  ns: 1e-6,
}

/** Milliseconds of a duration as Go prints it: `1h2m3.5s`. The lock's own time of day carries no zone. */
function goDuration(text: string): number | undefined {
  const parts = [...text.matchAll(/([\d.]+)(h|ms|µs|us|ns|m|s)/g)]
  return parts.length === 0
    ? undefined
    : parts.reduce((sum, part) => sum + Number(part[1]) * (UNITS[part[2] ?? ''] ?? 0), 0)
}

function readExitError(lines: readonly string[]): z.infer<typeof exitErrorSchema> | undefined {
  return lines.map((line) => readJsonLine(line, exitErrorSchema)).findLast((found) => found !== undefined)
}

/** The network's own words, without restic's address and counters around them. */
function networkWords(line: string): string {
  const text = line.replace(/^.*?returned error, retrying after [^:]+: /, '').replace(/^Fatal: /, '')
  return text.replace(/^(Head|Get|Post) "[^"]*": /, '').slice(0, 300)
}

function explain(end: ProgramEnd, message: string | undefined): string {
  const text = message ?? end.stderrTail
  const lines = withoutStackTrace(
    text
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== ''),
  )
  if (lines.length > 0) return lines.slice(0, 12).join('\n')
  return end.signal === null ? 'It gave no reason.' : `It was ended by ${end.signal}.`
}

/** Errors that restic does not call "Fatal" carry the stack of Go's runtime behind their first line. */
function withoutStackTrace(lines: readonly string[]): string[] {
  const isFrame = (line: string) =>
    /^(\t|goroutine |main\.|runtime\.|github\.com\/|golang\.org\/|created by )/.test(line)
  return lines.filter((line) => !isFrame(line))
}

function matches(text: string, patterns: readonly RegExp[]): boolean {
  return patterns.some((pattern) => pattern.test(text))
}
