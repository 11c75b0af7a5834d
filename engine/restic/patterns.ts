import { fileNameToBytes } from '../file-name.ts'

const NEWLINE_VARIABLE = 'RESTORE_NEWLINE'
const END_VARIABLE = 'RESTORE_END'

/**
 * Environment that a restic process must be given along with a pattern file. restic cuts the file into lines and
 * trims each before it expands variables: a variable is therefore the one exact way to say a newline, and an empty
 * one at the end of a line keeps white space before it.
 */
export const PATTERN_ENVIRONMENT: Readonly<Record<string, string>> = {
  [NEWLINE_VARIABLE]: '\n',
  [END_VARIABLE]: '',
}

const ESCAPES: ReadonlyMap<number, string> = new Map([
  [0x2a, '[*]'],
  [0x3f, '[?]'],
  [0x5b, '[[]'],
  [0x5c, '\\\\'],
  [0x24, '$$'],
  [0x0a, `\${${NEWLINE_VARIABLE}}`],
])

/**
 * The line of an `--include-file` or `--exclude-file` that matches exactly one snapshot path, byte for byte, and what
 * is below it. Source: restic's internal/filter (each part goes through Go's filepath.Match, unless it is plain) and
 * its reader of pattern files. POSIX only: on Windows a backslash escapes nothing.
 */
export function patternLine(path: string): Buffer {
  let line = ''
  for (const byte of fileNameToBytes(path)) line += ESCAPES.get(byte) ?? String.fromCharCode(byte)
  return Buffer.from(`${line}\${${END_VARIABLE}}\n`, 'latin1')
}
