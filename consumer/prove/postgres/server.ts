import { join } from 'node:path'
import { type Program, type ProgramEnd, runProgram } from '../../../engine/process/program.ts'
import type { Clock } from '../../clock.ts'
import { asUser, plainEnvironment } from '../as-user.ts'
import { ProofFailed, type Unprivileged } from '../proof.ts'
import type { Configured } from './configuration.ts'

export interface ServerOptions {
  /** The folder of the programs. */
  readonly programs: string
  readonly configured: Configured
  readonly dataDirectory: string
  readonly mark: Readonly<Record<string, string>>
  readonly unprivileged: Unprivileged
  readonly clock: Clock
  /** Seconds until it must be ready: recovery may take long. */
  readonly patience: number
}

/** How a server ended, and the last lines of its log that are its own. */
export interface ServerEnd extends Pick<ProgramEnd, 'exitCode' | 'signal'> {
  readonly lastLines: readonly string[]
}

/** A PostgreSQL that runs on restored data. */
export interface PostgresServer extends AsyncDisposable {
  readonly socketDirectory: string
  /** Ends when the server does. */
  readonly ended: Promise<ServerEnd>
  /** Run SQL as a superuser; a row of text for each line. Throws `ProofFailed` with what the server said. */
  query(database: string, sql: string): Promise<string[][]>
  /** Run one of the programs that come with it against the socket. */
  run(name: string, args: readonly string[]): Promise<ProgramEnd>
}

/** What a server says that cannot go on. */
const LAST_WORDS = /^(FATAL|PANIC|ERROR|HINT|DETAIL|LOG: {2}(invalid|could not|database files))/
/** What it says of itself. What clients asked, and were answered, is theirs: it may hold what is in the database. */
const OWN_LINE = /^(FATAL|PANIC|LOG): {2}(?!statement:|duration:|execute |parse |bind )/
const READY = 'ready to accept connections'
const POLL = 100

/** Start it and wait until it answers. Throws `ProofFailed` with the server's own words; the signal's reason. */
export async function startServer(options: ServerOptions, signal: AbortSignal): Promise<PostgresServer> {
  const role = await superuserOf(options, signal)
  const running = begin(options)
  try {
    await ready(options, running, role, signal)
    return serverOf(options, running, role)
  } catch (error) {
    running.stop.abort()
    await running.end
    throw error
  }
}

interface Running {
  readonly stop: AbortController
  readonly end: Promise<ProgramEnd>
  readonly words: string[]
}

function begin({ programs, configured, mark, unprivileged }: ServerOptions): Running {
  const stop = new AbortController()
  const words: string[] = []
  const end = runProgram({
    tool: 'postgres',
    secrets: [],
    ...asUser(program(join(programs, 'postgres'), configured.args, mark), unprivileged),
    signal: stop.signal,
    onStdoutLine: () => undefined,
    onStderrLine: keepLastWords(words),
  })
  return { stop, end, words }
}

/** Ends as soon as the server lets its superuser in. */
async function ready(
  options: ServerOptions,
  { end, words }: Running,
  role: string,
  signal: AbortSignal,
): Promise<void> {
  const { clock, patience } = options
  const deadline = clock.elapsed() + patience * 1000
  let over = false
  void end.then(() => (over = true))
  for (;;) {
    signal.throwIfAborted()
    const asked = await psql(options, role, 'template1', 'SELECT 1')
    if (asked.exitCode === 0) return
    if (over) throw new ProofFailed(['PostgreSQL could not start.', ...words].join('\n'))
    if (clock.elapsed() > deadline) {
      const why = asked.stderrTail.trim()
      throw new ProofFailed(`PostgreSQL was not ready after ${patience} seconds: ${[why, ...words].join('\n')}`)
    }
    await clock.pause(POLL, signal)
  }
}

function serverOf(options: ServerOptions, running: Running, role: string): PostgresServer {
  const { socketDirectory } = options.configured
  return {
    socketDirectory,
    ended: running.end.then(({ exitCode, signal, stderrTail }) => ({
      exitCode,
      signal,
      lastLines: ownLines(stderrTail),
    })),
    query: async (database, sql) => {
      const { exitCode, stdout, stderrTail } = await psql(options, role, database, sql)
      if (exitCode !== 0) throw new ProofFailed(`${database}: ${[stderrTail.trim(), ...running.words].join('\n')}`)
      return stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => line.split('\t'))
    },
    run: (name, args) => tool(options, name, ['-h', socketDirectory, '-U', role, ...args]),
    [Symbol.asyncDispose]: async () => {
      // Its own "fast": SIGTERM would wait for clients.
      await tool(options, 'pg_ctl', ['stop', '-D', options.dataDirectory, '-m', 'fast', '-t', '20'])
      running.stop.abort()
      await running.end
    },
  }
}

/** Since it was ready: how it began is no reason of its end. */
function ownLines(log: string): string[] {
  const lines = log.split('\n').filter((line) => OWN_LINE.test(line))
  return lines.slice(lines.findLastIndex((line) => line.includes(READY)) + 1)
}

function psql(options: ServerOptions, role: string, database: string, sql: string): Promise<ProgramEnd> {
  const socket = options.configured.socketDirectory
  const args = [
    '-X',
    '-A',
    '-t',
    '-F',
    '\t',
    '-v',
    'ON_ERROR_STOP=1',
    '-h',
    socket,
    '-U',
    role,
    '-d',
    database,
    '-c',
    sql,
  ]
  return tool(options, 'psql', args)
}

function tool(
  { programs, mark, unprivileged }: ServerOptions,
  name: string,
  args: readonly string[],
): Promise<ProgramEnd> {
  return runProgram({ tool: name, secrets: [], ...asUser(program(join(programs, name), args, mark), unprivileged) })
}

function program(file: string, args: readonly string[], mark: Readonly<Record<string, string>>): Program {
  // A folder that every user may stand in.
  return { file, args, cwd: '/', env: plainEnvironment(mark) }
}

/**
 * The role with which the cluster was made, whatever it is called: the one with the id 10 (PostgreSQL's `BOOTSTRAP_SUPERUSERID`). Asked without
 * a server, which also carries out the recovery that is due. Throws `ProofFailed` with the server's own words.
 */
async function superuserOf(options: ServerOptions, signal: AbortSignal): Promise<string> {
  const { programs, configured, mark, unprivileged } = options
  const words: string[] = []
  let role: string | undefined
  const args = ['--single', ...configured.args, 'template1']
  const end = await runProgram({
    tool: 'postgres',
    secrets: [],
    ...asUser(program(join(programs, 'postgres'), args, mark), unprivileged),
    input: 'SELECT rolname FROM pg_authid WHERE oid = 10;\n',
    signal,
    onStdoutLine: (line) => (role ??= /rolname = "([^"]+)"/.exec(line)?.[1]),
    onStderrLine: keepLastWords(words),
  })
  signal.throwIfAborted()
  if (role !== undefined) return role
  const ended = end.exitCode === null ? `was ended by ${end.signal}` : `ended with ${end.exitCode}`
  throw new ProofFailed([`PostgreSQL could not start: it ${ended}.`, ...words].join('\n'))
}

function keepLastWords(words: string[]): (line: string) => void {
  return (line) => {
    if (LAST_WORDS.test(line)) words.push(line)
    if (words.length > 20) words.shift()
  }
}
