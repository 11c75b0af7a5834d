import { readDuration, readSize } from '../../contract/control-plane/units.ts'
import { type Command, type Surroundings, UsageError } from '../../engine/command-line/command.ts'
import { usualRestics } from '../../engine/command-line/product.ts'
import { readArguments } from '../../engine/command-line/read-arguments.ts'
import { createLogger } from '../../engine/logging/logger.ts'
import { systemClock } from '../clock.ts'
import { composeConsumer, type Settings } from '../compose.ts'
import { serveMetrics, writeMetrics } from '../metrics.ts'
import { placesOf, WHICH_CONSUMER, WHICH_CONSUMER_HELP } from './places-flags.ts'

const OPTIONS = {
  ...WHICH_CONSUMER,
  interval: { type: 'string', default: '30s' },
  'at-once': { type: 'string', default: '1' },
  budget: { type: 'string' },
  grace: { type: 'string', default: '2m' },
  user: { type: 'string', default: 'nobody' },
  restic: { type: 'string' },
  command: { type: 'string' },
  'command-limit': { type: 'string', default: '1h' },
  'metrics-port': { type: 'string' },
} as const

const HELP = `restore-consumer serve: take the worklist, and prove it

Options:
  --interval 30s         how often it asks for the worklist
  --at-once 1            restores at a time
  --budget 200Gi         what all restores together may take (all that is free)
  --grace 2m             how long a replica goes on after the next one took over
  --user nobody          who runs what comes near restored data, where root starts it
  --restic PATH          the restic to use
  --command PROGRAM      looks at restored files, in their folder; its end other than 0 is a failure
  --command-limit 1h     how long it may take
  --metrics-port PORT    serve Prometheus's metrics on loopback
${WHICH_CONSUMER_HELP}`

/** The program of this folder that checks one SQLite database is named by who composes. */
export function serveWith(sqliteChecker: URL): Command {
  return {
    help: HELP,
    async run(args, surroundings) {
      const { values } = readArguments({ args: [...args], options: OPTIONS })
      const port = values['metrics-port']
      const metricsPort = port === undefined ? null : whole('metrics-port', port, { least: 0, most: 65_535 })
      await serve(settingsOf(values, surroundings), metricsPort, sqliteChecker)
    },
  }
}

async function serve(settings: Settings, metricsPort: number | null, sqliteChecker: URL): Promise<void> {
  const { now } = systemClock
  const log = createLogger({ sink: (line) => void process.stderr.write(`${line}\n`), secrets: () => [], now })
  // A log that nobody takes any more is no reason to fall over.
  process.stderr.on('error', () => undefined)
  const stop = new AbortController()
  // It goes on listening: whoever runs programs for us listens too, and ends this process at once where nobody else does.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop.abort())
  await using composed = await composeConsumer(settings, {
    clock: systemClock,
    log,
    random: Math.random,
    sqliteChecker,
    onStep: (step, runId) => log.info('attempt.step', { step, runId }),
  })
  const { consumer, ledger } = composed
  await using _metrics =
    metricsPort === null ? undefined : await serveMetrics(metricsPort, () => writeMetrics(consumer, ledger))
  await consumer.recover(stop.signal)
  log.info('consumer.started')
  await consumer.run(stop.signal)
}

type Values = ReturnType<typeof readArguments<{ options: typeof OPTIONS }>>['values']

function settingsOf(values: Values, { workingDirectory }: Surroundings): Settings {
  const [file, ...args] = values.command?.trim().split(/\s+/) ?? []
  return {
    ...placesOf(values, workingDirectory),
    interval: duration('interval', values.interval),
    atOnce: whole('at-once', values['at-once'], { least: 1, most: 32 }),
    budget: values.budget === undefined ? null : size('budget', values.budget),
    graceSeconds: duration('grace', values.grace),
    user: process.getuid?.() === 0 ? values.user : null,
    resticCandidates: values.restic === undefined ? usualRestics() : [values.restic],
    command: file === undefined ? null : { file, args, seconds: duration('command-limit', values['command-limit']) },
  }
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
