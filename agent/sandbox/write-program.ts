import type { Program } from '../../engine/process/program.ts'

/** A program as it is to be run: what a sandbox changes of a `ProgramRequest`. */
export type { Program }

/** Names with an underscore in front are the reading script's own. */
const NAME = /^[A-Za-z][A-Za-z0-9_]*$/

/**
 * A program as `start-program.sh` reads it: texts, each after the number of line ends in it; then the program's own
 * input. Throws `RangeError` for what a shell cannot hand on, which no program of ours has.
 */
export function writeProgram(program: Program & { readonly input?: string | Uint8Array }): Buffer
export function writeProgram(program: Program): NonNullable<Program['input']>
export function writeProgram({ file, args, cwd = '/', env, input = '' }: Program): NonNullable<Program['input']> {
  const variables = Object.entries(env)
  const odd = variables.find(([name]) => !NAME.test(name))
  if (odd !== undefined) throw new RangeError(`A shell has no variable ${odd[0]}.`)
  const texts = [cwd, String(variables.length), ...variables.flat(), String(1 + args.length), file, ...args]
  if (texts.some((text) => text.includes('\0'))) throw new RangeError('There is a NUL in what is to be run.')
  const head = Buffer.from(texts.map(framed).join(''))
  if (typeof input === 'string') return Buffer.concat([head, Buffer.from(input)])
  return input instanceof Uint8Array ? Buffer.concat([head, input]) : following(head, input)
}

async function* following(head: Uint8Array, input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head
  yield* input
}

/** Of an environment, all that a shell can hand on. */
export function environmentToHandOn(environment: Readonly<NodeJS.ProcessEnv>): Record<string, string> {
  const known = Object.entries(environment).filter(([name]) => NAME.test(name))
  return Object.fromEntries(known.map(([name, value]) => [name, value ?? '']))
}

function framed(text: string): string {
  return `${text.split('\n').length - 1}\n${text}\n`
}
