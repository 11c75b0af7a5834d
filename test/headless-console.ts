import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import WebSocket from 'ws'
import { type ConsoleClient, consoleContract } from '../contract/console/index.ts'
import { connect } from '../contract/wire/client.ts'
import { webSocketPort } from '../contract/wire/web-socket-port.ts'

const ENTRY = join(import.meta.dirname, '..', 'main', 'headless.ts')
const PASSPHRASE = 'a passphrase for tests'

export interface HeadlessConsole extends AsyncDisposable {
  readonly process: ChildProcess
  readonly client: ConsoleClient
  readonly hostId: string
  /** What it has written so far, to both outputs. */
  output(): string
  /** End it with a signal; resolves with its exit code, null when the signal itself ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** Run the headless console's source in a process of its own, without a keychain. */
export function spawnHeadless(args: readonly string[]): ChildProcess {
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:' }
  return spawn(process.execPath, [ENTRY, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** The headless console with its data below a folder, and a client that has come in through its front door. */
export async function headlessConsole(directory: string): Promise<HeadlessConsole> {
  const passphrase = join(directory, 'passphrase')
  writeFileSync(passphrase, `${PASSPHRASE}\n`, { mode: 0o600 })
  const paths = { 'data-dir': 'data', 'staging-dir': 'staging', 'passphrase-file': 'passphrase' }
  const child = spawnHeadless(Object.entries(paths).flatMap(([name, path]) => [`--${name}`, join(directory, path)]))
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const address = await addressOf(child, () => output)
  const protocols = ['console.v1', address.hash.slice(1).replace('=', '.')]
  const socket = new WebSocket(`ws://${address.host}/wire`, protocols, { origin: address.origin })
  await once(socket, 'open')
  const client = connect(consoleContract, webSocketPort(socket, pause))
  const hostId = await connectedHost(client)
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
    socket.terminate()
    return child.exitCode
  }
  return {
    process: child,
    client,
    hostId,
    output: () => output,
    end,
    async [Symbol.asyncDispose]() {
      await end('SIGKILL')
    },
  }
}

async function addressOf(child: ChildProcess, output: () => string): Promise<URL> {
  if (child.stdout === null) throw new Error('no output')
  const lines = createInterface({ input: child.stdout })
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`the console ended: ${output()}`)))
  const [line] = await Promise.race([once(lines, 'line'), ended])
  ended.catch(() => undefined)
  const address = /^console ready at (http:\S+)$/.exec(String(line))?.[1]
  if (address === undefined) throw new Error(`not the first line of a console: ${line}`)
  return new URL(address)
}

async function connectedHost(client: ConsoleClient): Promise<string> {
  for await (const { hosts } of await client.hosts.watch(undefined)) {
    const host = hosts.find(({ local }) => local)
    if (host?.link.state === 'connected') return host.id
    if (host?.link.state === 'unreachable') throw new Error(host.link.reason)
  }
  throw new Error('the console went away')
}
