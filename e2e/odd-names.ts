import { mkdirSync, writeFileSync } from 'node:fs'

/**
 * Names that are easily mistaken: by a shell, by a pattern, by a terminal, by whoever takes names for text. Each with
 * how a person sees it. Beside each that reads like a pattern stands what the pattern would match.
 */
export const oddNames: readonly { readonly bytes: Buffer; readonly shown: string }[] = [
  odd('line\nbreak', 'line\\nbreak'),
  odd('"quoted" and \'quoted\''),
  odd('*'),
  odd('any?.txt'),
  odd('[ab].txt'),
  odd('back\\slash'),
  odd('--help'),
  odd('a space at the end '),
  odd('!not'),
  odd('#not'),
  odd('$HOME {a,b}'),
  odd('sweet 🍯'),
  odd('to\u202Etxt.exe', 'to\\u202etxt.exe'),
  { bytes: Buffer.from([0x63, 0x61, 0x66, 0xe9]), shown: 'caf\\xe9' },
  odd('n'.repeat(255)),
]

/** What the patterns among them would match, if they were patterns. */
export const decoys = [
  'anyx.txt',
  'a.txt',
  'b.txt',
  'backslash',
  'not',
  'help',
  'trailing space',
  'café',
  'n'.repeat(254),
]

function odd(name: string, shown = name) {
  return { bytes: Buffer.from(name), shown }
}

/** Make a folder with all of them, each with its own name as its content. */
export function writeOddNames(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const name of [...oddNames.map(({ bytes }) => bytes), ...decoys.map((decoy) => Buffer.from(decoy))]) {
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), name]), name)
  }
}
