import { compose } from './compose.ts'
import { defaultDataDirectory, makeDataDirectory } from './data-directory.ts'
import { type HeadlessArguments, readHeadlessArguments, USAGE } from './headless-arguments.ts'
import { jsonLog } from './json-log.ts'
import type { Locations } from './locations.ts'
import { outliveReaders } from './outlive-readers.ts'
import { givePassphrase } from './passphrase-file.ts'
import { redacted } from './redact.ts'
import { startFailure } from './start-failure.ts'
import { openLoopback } from './transport/loopback.ts'

const WRONG_USE = 2

/** The console for a browser: the same services as on the desktop, on 127.0.0.1. */
async function run(options: HeadlessArguments, locations: Locations): Promise<void> {
  const environment = { platform: process.platform, variables: process.env }
  const dataDirectory = options.dataDirectory ?? defaultDataDirectory(environment)
  makeDataDirectory(dataDirectory)

  const stopped = signalled('SIGINT', 'SIGTERM', 'SIGHUP')
  await using stack = new AsyncDisposableStack()
  const { agentWorker, planeWorker, consumerWorker, pageDirectory, resticCandidates, version } = locations
  const log = redacted(
    jsonLog(
      (line) => process.stderr.write(line),
      () => new Date(),
    ),
  )
  const shell = { kind: 'headless' } as const
  const { stagingRoot } = options
  const console = stack.use(
    await compose({
      dataDirectory,
      resticCandidates,
      version,
      agentWorker,
      planeWorker,
      consumerWorker,
      shell,
      log,
      stagingRoot,
      notifier: null,
      updater: 'headless',
    }),
  )
  if (options.passphraseFile !== null) await givePassphrase(console.secrets, options.passphraseFile)
  const loopback = stack.use(
    await openLoopback({
      pageDirectory,
      port: options.port,
      serve: (port) => console.serve(port, 'browser on 127.0.0.1'),
    }),
  )
  process.stdout.write(`console ready at ${loopback.address}\n`)
  await stopped
}

/** It goes on listening: whoever runs programs for us listens too, and ends this process at once where nobody else does. */
function signalled(...signals: readonly NodeJS.Signals[]): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of signals) process.on(signal, () => resolve())
  })
}

/** Open it with this command line, until a signal; what the process is to exit with. */
export async function runHeadless(argv: readonly string[], locations: Locations): Promise<number> {
  outliveReaders()
  let options: ReturnType<typeof readHeadlessArguments>
  try {
    options = readHeadlessArguments(argv)
  } catch (error) {
    process.stderr.write(`${startFailure(error)}\n\n${USAGE}`)
    return WRONG_USE
  }
  if (options === 'help') process.stdout.write(USAGE)
  else if (options === 'version') process.stdout.write(`${locations.version}\n`)
  else {
    try {
      await run(options, locations)
    } catch (error) {
      process.stderr.write(`${startFailure(error)}\n`)
      return 1
    }
  }
  return 0
}
