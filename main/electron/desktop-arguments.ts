import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { LINK_SCHEME } from '../services/links/index.ts'

export interface DesktopArguments {
  readonly wants: 'window' | 'headless' | 'version' | 'help'
  /** Absolute; null for the platform's own place. */
  readonly dataDirectory: string | null
  readonly stagingRoot: string | null
  readonly passphraseFile: string | null
  /** What looks like a link of ours; whether it is one is for others to say. */
  readonly link: string | null
}

/** Switches that mean the desktop alone: the headless door would refuse them. */
const DESKTOP_ALONE = new Set(['--headless', '--no-sandbox', '--disable-gpu'])

/**
 * Read what the console was started with. Electron and Chromium have switches of their own, and a desktop adds some: what
 * is not known here is left to them.
 */
export function readDesktopArguments(argv: readonly string[]): DesktopArguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    options: {
      'data-dir': { type: 'string' },
      'staging-dir': { type: 'string' },
      'passphrase-file': { type: 'string' },
      headless: { type: 'boolean' },
      version: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  const first = (['help', 'version', 'headless'] as const).find((name) => values[name] === true)
  return {
    wants: first ?? 'window',
    dataDirectory: pathOf(values['data-dir']),
    stagingRoot: pathOf(values['staging-dir']),
    passphraseFile: pathOf(values['passphrase-file']),
    link: linkIn(positionals),
  }
}

/** What of this looks like a link of ours: Windows and Linux hand a link over as an argument. */
export function linkIn(argv: readonly string[]): string | null {
  return argv.find((argument) => argument.startsWith(`${LINK_SCHEME}:`)) ?? null
}

/** What the headless door is to read of the same. */
export function headlessArguments(argv: readonly string[]): string[] {
  return argv.filter((argument) => !DESKTOP_ALONE.has(argument))
}

function pathOf(value: string | boolean | undefined): string | null {
  return typeof value === 'string' && value !== '' ? resolve(value) : null
}
