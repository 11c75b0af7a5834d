import { systemClock } from './clock.ts'
import { metricsPortOf, readArguments, settingsOf, UsageError, type Arguments } from './commands/settings.ts'
import { statusOf } from './commands/status.ts'
import { composeConsumer } from './compose.ts'
import { enrol, remember } from './enrolled.ts'
import { Ledger } from './ledger/ledger.ts'
import { createLogger } from '../engine/logging/logger.ts'
import { serveMetrics, writeMetrics } from './metrics.ts'
import { ledgerOf } from './places.ts'
import { sentenceOf } from './sentence.ts'

const HELP = `restore-consumer: prove that backups restore

  restore-consumer enrol URL CODE [--pin PIN] [--name NAME]   become a consumer of a control plane
  restore-consumer join URL                                   belong to one that knows this certificate already
  restore-consumer certificate                                print this consumer's certificate
  restore-consumer serve                                      take the worklist and prove it
  restore-consumer status [--json]                            what is proven, and what is not
  restore-consumer verify-now NAME                            restore one again, also where it was verified

  --data-dir DIR       what it remembers (/var/lib/restore-consumer)
  --scratch DIR        where it restores to; all in it is its own (DATA-DIR/scratch)
  --interval 30s       how often it asks for the worklist
  --at-once 1          restores at a time
  --budget 200Gi       what all restores together may take (all that is free)
  --grace 2m           how long a replica goes on after the next one took over
  --user nobody        who runs what comes near restored data, when started as root
  --restic restic      the restic to use
  --command PROGRAM    looks at restored files, in their folder; its end other than 0 is a failure
  --command-limit 1h   how long it may take
  --metrics-port 9091  serve Prometheus's metrics on loopback
`

const COMMANDS: ReadonlyMap<string, (args: Arguments) => Promise<void>> = new Map([
  ['enrol', enrolHere],
  ['join', joinHere],
  ['certificate', printCertificate],
  ['serve', serve],
  ['status', printStatus],
  ['verify-now', verifyNow],
])

async function enrolHere({ values, positionals: [url, code] }: Arguments): Promise<void> {
  if (url === undefined || code === undefined) throw new UsageError('Write: restore-consumer enrol URL CODE --pin PIN')
  const { hostname } = await import('node:os')
  const name = values.name ?? hostname()
  const plane = await enrol(values['data-dir'], { url, code, pin: values.pin ?? null, name })
  process.stdout.write(`This is the consumer ${plane.name} of ${plane.url} now (device ${plane.deviceId}).\n`)
}

async function joinHere({ values, positionals: [url] }: Arguments): Promise<void> {
  if (url === undefined) throw new UsageError('Write: restore-consumer join URL')
  remember(values['data-dir'], { url, trusted: null, deviceId: 'unknown', name: values.name ?? 'this consumer' })
  await printCertificate({ values, positionals: [] })
}

async function printCertificate({ values }: Arguments): Promise<void> {
  const { openIdentity } = await import('../engine/identity/identity.ts')
  process.stdout.write((await openIdentity(values['data-dir'])).certificate)
}

async function serve(args: Arguments): Promise<void> {
  const log = createLogger({
    sink: (line) => process.stderr.write(`${line}\n`),
    secrets: () => [],
    now: systemClock.now,
  })
  const stop = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort())
  await using composed = await composeConsumer(settingsOf(args, process.getuid?.() === 0), {
    clock: systemClock,
    log,
    random: Math.random,
    sqliteChecker: new URL('./prove/check-sqlite.ts', import.meta.url),
    onStep: (step, runId) => log.info('attempt.step', { step, runId }),
  })
  const { consumer, ledger } = composed
  const port = metricsPortOf(args)
  await using _metrics = port === null ? undefined : await serveMetrics(port, () => writeMetrics(consumer, ledger))
  await consumer.recover(stop.signal)
  log.info('consumer.started')
  await consumer.run(stop.signal)
}

async function printStatus(args: Arguments): Promise<void> {
  const lines = statusOf(settingsOf(args, false), new Date())
  if (args.values.json) return void process.stdout.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  if (lines.length === 0)
    process.stdout.write('There is nothing to restore: the worklist was empty, or never fetched.\n')
  for (const { name, type, intent, state, snapshot, verifiedAt, error } of lines) {
    const proven = verifiedAt === null ? 'never proven' : `proven ${verifiedAt}`
    process.stdout.write(`${name}  ${type}  ${intent}  ${snapshot?.slice(0, 8) ?? 'no backup'}  ${state}  ${proven}\n`)
    if (error !== null) process.stdout.write(`${error.replaceAll(/^/gm, '    ')}\n`)
  }
}

async function verifyNow(args: Arguments): Promise<void> {
  const [name] = args.positionals
  const settings = settingsOf(args, false)
  const named = statusOf(settings, new Date()).filter((line) => line.name === name || line.key === name)
  if (named.length === 0)
    throw new UsageError(`No replica is called ${name ?? ''}. "restore-consumer status" lists them.`)
  using ledger = new Ledger(ledgerOf(settings))
  for (const { key } of named) ledger.force(key)
  process.stdout.write(`${named.length} to be restored again; a consumer that runs begins within a second.\n`)
}

/** Exit codes: 0 done, 1 it could not be done, 2 it was called in a way that is not known. */
async function main([name = '--help', ...args]: readonly string[]): Promise<number> {
  if (name === '--help' || name === '-h' || name === 'help' || args.includes('--help')) {
    process.stdout.write(HELP)
    return 0
  }
  try {
    const command = COMMANDS.get(name)
    if (command === undefined)
      throw new UsageError(`There is no command ${name}. "restore-consumer --help" lists them.`)
    await command(readArguments(args))
    return 0
  } catch (error) {
    process.stderr.write(`restore-consumer: ${sentenceOf(error)}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

process.exitCode = await main(process.argv.slice(2))
