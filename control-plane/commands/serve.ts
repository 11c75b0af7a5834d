import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Command } from '../../engine/command-line/command.ts'
import { productVersion } from '../../engine/command-line/product.ts'
import { readArguments } from '../../engine/command-line/read-arguments.ts'
import { openSecretsKey } from '../../engine/identity/identity.ts'
import { readOrMakePrivateFile, replacePrivateFile, requirePrivateDirectory } from '../../engine/sealed/private-file.ts'
import { composePlane } from '../compose.ts'
import { ADDRESS_FILE, addressOf, dataDirectoryOf, TOKEN_FILE, WHICH_PLANE, WHICH_PLANE_HELP } from './where.ts'

/** Milliseconds that a stop may take. */
const PATIENCE = 15_000
const TOKEN_BYTES = 32
/** What its key alone opens. */
const STORE = 'plane.db'

const HELP = `restore-control-plane serve

Run a control plane until it is told to stop: SIGTERM or SIGINT. Its log goes to standard error, one JSON object
a line. Operators need the token in ${TOKEN_FILE} of the data directory, which its owner alone can read.

      --listen HOST:PORT          where consumers reach it, over TLS: 0.0.0.0:7430 unless given; "none" for nowhere
      --advertise HOST:PORT       the address that consumers are told, where it is another one
      --operator-listen HOST:PORT where operators and their consoles reach it: 127.0.0.1:7431 unless given. Without
                                  TLS on this computer alone; with it at any other address
      --safety-modes              changes need a raised safety session
${WHICH_PLANE_HELP}`

export const serve: Command = {
  help: HELP,
  async run(args, { workingDirectory, say }) {
    const { values } = readArguments({
      args: [...args],
      options: {
        ...WHICH_PLANE,
        listen: { type: 'string', default: '0.0.0.0:7430' },
        advertise: { type: 'string' },
        'operator-listen': { type: 'string', default: '127.0.0.1:7431' },
        'safety-modes': { type: 'boolean', default: false },
      },
    })
    const consumerListen = values.listen === 'none' ? null : addressOf(values.listen, '--listen')
    const advertise = values.advertise === undefined ? null : addressOf(values.advertise, '--advertise')
    const operatorListen = addressOf(values['operator-listen'], '--operator-listen')
    const dataDirectory = dataDirectoryOf(values['data-dir'], workingDirectory)
    requirePrivateDirectory(dataDirectory)
    // A log that nobody takes any more is no reason to fall over.
    process.stderr.on('error', () => undefined)
    const told = stopSignal()
    const plane = await composePlane({
      dataDirectory,
      secretsKey: openSecretsKey(dataDirectory, STORE),
      consumerListen,
      advertise,
      operatorListen,
      token: tokenOf(dataDirectory),
      version: productVersion(),
      safetyModes: values['safety-modes'],
      log: (line) => process.stderr.write(`${line}\n`),
    })
    replacePrivateFile(join(dataDirectory, ADDRESS_FILE), Buffer.from(plane.operatorUrl))
    const consumers = plane.consumerUrl === null ? 'for no consumers' : `for consumers at ${plane.consumerUrl}`
    say(`It listens ${consumers} and for operators at ${plane.operatorUrl}; the pin of its key is ${plane.pin}.`)
    await told
    const timer = setTimeout(() => process.exit(1), PATIENCE)
    await plane[Symbol.asyncDispose]()
    clearTimeout(timer)
  },
}

/** The same at each start, so that consoles that have it keep their way in. */
function tokenOf(dataDirectory: string): string {
  const path = join(dataDirectory, TOKEN_FILE)
  const token = readOrMakePrivateFile(path, () => Buffer.from(randomBytes(TOKEN_BYTES).toString('base64url')))
  return Buffer.from(token).toString('utf8').trim()
}

function stopSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve())
  return promise
}
