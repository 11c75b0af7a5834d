import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface HeadlessArguments {
  /** Absolute; null for the platform's own place. */
  readonly dataDirectory: string | null
  /** 0 lets the system choose. */
  readonly port: number
  readonly passphraseFile: string | null
  readonly stagingRoot: string | null
}

export const USAGE = `Usage: restore-console [options]

Opens the console: in a window of its own, or with --headless for a browser of this computer, whose address it prints.
A link restore-console://… is shown in the window.

  --data-dir PATH         where the console keeps its data
  --port NUMBER           on 127.0.0.1; without it the system chooses
  --passphrase-file PATH  holds the passphrase of the encrypted secrets file, or of the one to be made;
                          only used where there is no keychain
  --staging-dir PATH      where restores on this computer go by default
  --headless              without a window; "npm run headless" is always so
  --version, --help
`

/** Read the command line. Throws an Error with a sentence for what it does not know. */
export function readHeadlessArguments(argv: readonly string[]): HeadlessArguments | 'version' | 'help' {
  const { values } = parseArgs({
    args: [...argv],
    strict: true,
    allowPositionals: false,
    options: {
      'data-dir': { type: 'string' },
      port: { type: 'string' },
      'passphrase-file': { type: 'string' },
      'staging-dir': { type: 'string' },
      version: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  if (values.help === true) return 'help'
  if (values.version === true) return 'version'
  return {
    dataDirectory: pathOf(values['data-dir']),
    port: portOf(values.port ?? '0'),
    passphraseFile: pathOf(values['passphrase-file']),
    stagingRoot: pathOf(values['staging-dir']),
  }
}

function pathOf(value: string | undefined): string | null {
  if (value === '') throw new Error('a path was expected, and there is none')
  return value === undefined ? null : resolve(value)
}

function portOf(value: string): number {
  const port = Number(value)
  if (!/^\d+$/.test(value) || port > 65_535) throw new Error(`"${value}" is no port number`)
  return port
}
