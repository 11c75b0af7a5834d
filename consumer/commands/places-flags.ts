import { join, resolve } from 'node:path'
import type { Places } from '../places.ts'

/** Which consumer is meant: several on one machine have a folder each. */
export const WHICH_CONSUMER = {
  'data-dir': { type: 'string', default: '/var/lib/restore-consumer' },
  scratch: { type: 'string' },
} as const

export const WHICH_CONSUMER_HELP = `  --data-dir DIR         what the consumer remembers (/var/lib/restore-consumer)
  --scratch DIR          where it restores to; all in it is its own (DATA-DIR/scratch)
`

interface Given {
  readonly 'data-dir': string
  readonly scratch?: string | undefined
}

/** Seen from where the command was called. */
export function placesOf({ 'data-dir': directory, scratch }: Given, workingDirectory: string): Places {
  const dataDirectory = resolve(workingDirectory, directory)
  return {
    dataDirectory,
    scratch: scratch === undefined ? join(dataDirectory, 'scratch') : resolve(workingDirectory, scratch),
  }
}
