import { readFileSync, statSync } from 'node:fs'
import { type Console, compose } from './compose.ts'
import { defaultDataDirectory, makeDataDirectory } from './data-directory.ts'
import { type HeadlessArguments, readHeadlessArguments, USAGE } from './headless-arguments.ts'
import { jsonLog } from './json-log.ts'
import type { Locations } from './locations.ts'
import { redacted } from './redact.ts'
import { startFailure } from './start-failure.ts'
import { openLoopback } from './transport/loopback.ts'

const WRONG_USE = 2
/** What the audit calls the way by which a passphrase came that nobody typed. */
const PASSPHRASE_FILE = 'a passphrase file'

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
    }),
  )
  if (options.passphraseFile !== null) {
    if (isOpenToOthers(options.passphraseFile)) log.warning('others may read the passphrase file')
    await givePassphrase(console, options.passphraseFile)
  }
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

/** Open the secrets file with the passphrase of a file, or make it; the keychain, where it works, needs neither. */
async function givePassphrase({ secrets }: Console, file: string): Promise<void> {
  const passphrase = readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  const { state } = await secrets.status()
  if (state === 'absent') await secrets.create(passphrase, PASSPHRASE_FILE)
  else if (state === 'locked') await secrets.unlock(passphrase, PASSPHRASE_FILE)
}

function isOpenToOthers(file: string): boolean {
  return process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0
}

/** It goes on listening: whoever runs programs for us listens too, and ends this process at once where nobody else does. */
function signalled(...signals: readonly NodeJS.Signals[]): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of signals) process.on(signal, () => resolve())
  })
}

/** Open it with this command line, until a signal; what the process is to exit with. */
export async function runHeadless(argv: readonly string[], locations: Locations): Promise<number> {
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
