import { type Command, type Surroundings, UsageError } from './command.ts'

export interface KnownCommand {
  /** Null for what the program alone calls. */
  readonly about: string | null
  /** Read when it is called: no command waits for what another one needs. */
  readonly load: () => Promise<Command>
}

export interface CommandLine {
  /** As it is called. */
  readonly program: string
  readonly commands: ReadonlyMap<string, KnownCommand>
  readonly version: () => string
  /** What went wrong, in one line for a terminal. */
  readonly sentenceOf: (error: unknown) => string
  /** With what it ends for another error than that it was called in a way that is not known. */
  readonly exitCodeOf: (error: unknown) => number
}

/** Run the command that the arguments name, and answer with what the program ends with: 0 done, 2 it was called in a way that is not known. */
export async function runCommand([name = '--help', ...args]: readonly string[], line: CommandLine): Promise<number> {
  const { program, commands, version } = line
  if (isHelp(name)) return print(help(line))
  if (name === '--version') return print(`${program} ${version()}\n`)
  const known = commands.get(name)
  if (known === undefined) return fail(new UsageError(`There is no command ${name}.`), program, line)
  try {
    const command = await known.load()
    if (args.some(isHelp)) return print(command.help)
    await command.run(args, surroundingsOf(program))
    return 0
  } catch (error) {
    // Whoever read our output has seen enough, as in `| head`.
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return 0
    return fail(error, `${program} ${name}`, line)
  }
}

function surroundingsOf(program: string): Surroundings {
  return {
    environment: process.env,
    workingDirectory: process.cwd(),
    out: process.stdout,
    say: (sentence) => say(program, sentence),
  }
}

function fail(error: unknown, caller: string, { program, sentenceOf, exitCodeOf }: CommandLine): number {
  if (!(error instanceof UsageError)) {
    say(program, sentenceOf(error))
    return exitCodeOf(error)
  }
  say(program, `${sentenceOf(error)} See "${caller} --help".`)
  return 2
}

function help({ program, commands }: CommandLine): string {
  const listed = [...commands].flatMap(([name, { about }]) => (about === null ? [] : [[name, about] as const]))
  const width = Math.max(...listed.map(([name]) => name.length))
  const lines = listed.map(([name, about]) => `  ${name.padEnd(width)}  ${about}\n`)
  return `${program} COMMAND\n\n${lines.join('')}\n"${program} COMMAND --help" says more of one.\n`
}

function isHelp(argument: string): boolean {
  return argument === '--help' || argument === '-h'
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}

function say(program: string, sentence: string): void {
  process.stderr.write(`${program}: ${sentence}\n`)
}
