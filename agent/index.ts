import { type Command, NotAsWritten, type Surroundings, UsageError } from './commands/command.ts'
import { sentenceOf } from './commands/sentence.ts'
import { ConfigurationError } from './configuration/configuration.ts'
import { agentVersion } from './configuration/product.ts'

interface KnownCommand {
  /** Null for what the agent alone calls. */
  readonly about: string | null
  /** Read when it is called: no command waits for what another one needs. */
  readonly load: () => Promise<Command>
}

const COMMANDS: ReadonlyMap<string, KnownCommand> = new Map([
  ['serve', { about: 'run the agent', load: async () => (await import('./commands/serve.ts')).serve }],
  [
    'stdio',
    {
      about: 'speak with a console over standard input and output',
      load: async () => (await import('./commands/stdio.ts')).stdio,
    },
  ],
  [
    'enrol',
    { about: 'make a code that lets one console in', load: async () => (await import('./commands/enrol.ts')).enrol },
  ],
  [
    'peers',
    {
      about: 'list the consoles that are enrolled, or revoke one',
      load: async () => (await import('./commands/peers.ts')).peers,
    },
  ],
  [
    'repositories',
    {
      about: 'list the repositories of this host',
      load: async () => (await import('./commands/repositories.ts')).repositories,
    },
  ],
  ['runs', { about: 'list what was carried out here', load: async () => (await import('./commands/runs.ts')).runs }],
  [
    'audit',
    {
      about: 'list who did what here, and check that record',
      load: async () => (await import('./commands/audit.ts')).audit,
    },
  ],
  [
    'doctor',
    { about: 'say what is wrong, and what to do', load: async () => (await import('./commands/doctor.ts')).doctor },
  ],
  ['carry-out', { about: null, load: async () => (await import('./commands/carry-out.ts')).carryOut }],
  [
    'tree',
    {
      about: 'print what the agent reads in a snapshot, to be compared with restic',
      load: async () => (await import('./commands/tree.ts')).tree,
    },
  ],
])

const SURROUNDINGS: Surroundings = {
  environment: process.env,
  workingDirectory: process.cwd(),
  out: process.stdout,
  say,
}

/**
 * Exit codes: 0 done, 1 it could not be done, 2 it was called in a way that is not known, 3 what was checked is not as it
 * was written, 78 its configuration says what is not known (EX_CONFIG, sysexits.h).
 */
async function main([name = '--help', ...args]: readonly string[]): Promise<number> {
  if (isHelp(name)) return print(help())
  if (name === '--version') return print(`restore-agent ${agentVersion()}\n`)
  const known = COMMANDS.get(name)
  if (known === undefined) return fail(new UsageError(`There is no command ${name}.`), 'restore-agent')
  try {
    const command = await known.load()
    if (args.some(isHelp)) return print(command.help)
    await command.run(args, SURROUNDINGS)
    return 0
  } catch (error) {
    // Whoever read our output has seen enough, as in `| head`.
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return 0
    return fail(error, `restore-agent ${name}`)
  }
}

function fail(error: unknown, caller: string): number {
  if (!(error instanceof UsageError)) {
    say(sentenceOf(error))
    if (error instanceof NotAsWritten) return 3
    return error instanceof ConfigurationError ? 78 : 1
  }
  say(`${sentenceOf(error)} See "${caller} --help".`)
  return 2
}

function help(): string {
  const listed = [...COMMANDS].flatMap(([name, { about }]) => (about === null ? [] : [[name, about] as const]))
  const width = Math.max(...listed.map(([name]) => name.length))
  const lines = listed.map(([name, about]) => `  ${name.padEnd(width)}  ${about}\n`)
  return `restore-agent COMMAND\n\n${lines.join('')}\n"restore-agent COMMAND --help" says more of one.\n`
}

function isHelp(argument: string): boolean {
  return argument === '--help' || argument === '-h'
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}

function say(sentence: string): void {
  process.stderr.write(`restore-agent: ${sentence}\n`)
}

process.exitCode = await main(process.argv.slice(2))
