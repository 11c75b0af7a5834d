import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readDuration, readSize } from '../../contract/control-plane/units.ts'
import type { Settings } from '../compose.ts'

/** It was called in a way that it does not know; the message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const OPTIONS = {
  'data-dir': { type: 'string', default: '/var/lib/restore-consumer' },
  scratch: { type: 'string' },
  interval: { type: 'string', default: '30s' },
  'at-once': { type: 'string', default: '1' },
  budget: { type: 'string' },
  grace: { type: 'string', default: '2m' },
  user: { type: 'string' },
  restic: { type: 'string', default: 'restic' },
  command: { type: 'string' },
  'command-limit': { type: 'string', default: '1h' },
  'metrics-port': { type: 'string' },
  json: { type: 'boolean', default: false },
  pin: { type: 'string' },
  name: { type: 'string' },
} as const

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>['values']

export interface Arguments {
  readonly values: Values
  readonly positionals: readonly string[]
}

/** Throws `UsageError`. */
export function readArguments(args: readonly string[]): Arguments {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true })
  } catch (error) {
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split('. ')
    throw new UsageError(`${sentence.replace(/\.$/, '')}.`, { cause: error })
  }
}

/** What `serve` is to do. `isRoot`: then what comes near restored data runs as another user. Throws `UsageError`. */
export function settingsOf({ values }: Arguments, isRoot: boolean): Settings {
  const dataDirectory = resolve(values['data-dir'])
  const command = values.command?.trim().split(/\s+/) ?? []
  const [file, ...args] = command
  return {
    dataDirectory,
    scratch: values.scratch === undefined ? join(dataDirectory, 'scratch') : resolve(values.scratch),
    interval: duration('interval', values.interval),
    atOnce: whole('at-once', values['at-once'], { least: 1, most: 32 }),
    budget: values.budget === undefined ? null : size('budget', values.budget),
    graceSeconds: duration('grace', values.grace),
    user: isRoot ? (values.user ?? 'nobody') : null,
    resticCandidates: [values.restic.includes('/') ? resolve(values.restic) : values.restic],
    command: file === undefined ? null : { file, args, seconds: duration('command-limit', values['command-limit']) },
  }
}

/** Null where no metrics are to be served. Throws `UsageError`. */
export function metricsPortOf({ values }: Arguments): number | null {
  const port = values['metrics-port']
  return port === undefined ? null : whole('metrics-port', port, { least: 0, most: 65_535 })
}

function duration(name: string, text: string): number {
  const seconds = readDuration(text)
  if (seconds === undefined) throw new UsageError(`--${name} is a duration such as 30s or 2h 30m, and not ${text}.`)
  return seconds
}

function size(name: string, text: string): number {
  const bytes = readSize(text)
  if (bytes === undefined) throw new UsageError(`--${name} is a size such as 200Gi, and not ${text}.`)
  return bytes
}

function whole(name: string, text: string, { least, most }: { readonly least: number; readonly most: number }): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw new UsageError(`--${name} is a number from ${least} to ${most}, and not ${text}.`)
}
