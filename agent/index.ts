import { type Command, type Surroundings, UsageError } from './commands/command.ts'
import { sentenceOf } from './commands/sentence.ts'

interface KnownCommand {
  readonly about: string
  /** Read when it is called: no command waits for what another one needs. */
  readonly load: () => Promise<Command>
}

const COMMANDS: ReadonlyMap<string, KnownCommand> = new Map([
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

/** Exit codes: 0 done, 1 it could not be done, 2 it was called in a way that is not known. */
async function main([name = '--help', ...args]: readonly string[]): Promise<number> {
  if (isHelp(name)) return print(help())
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
    return 1
  }
  say(`${sentenceOf(error)} See "${caller} --help".`)
  return 2
}

function help(): string {
  const width = Math.max(...Array.from(COMMANDS.keys(), (name) => name.length))
  const lines = Array.from(COMMANDS, ([name, { about }]) => `  ${name.padEnd(width)}  ${about}\n`)
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
