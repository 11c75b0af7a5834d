import type { Socket } from 'node:net'
import { hostname, userInfo } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { isFault } from '../../contract/errors.ts'
import { permissionSchema } from '../../contract/procedure.ts'
import { pipePort } from '../../contract/wire/pipe-port.ts'
import { servePort } from '../../contract/wire/serve-port.ts'
import { type Configuration, ownDataDirectory } from '../configuration/configuration.ts'
import { productVersion } from '../../engine/command-line/product.ts'
import { isPrivileged } from '../host/identity.ts'
import { type Daemon, startDaemon } from '../listen/daemon.ts'
import { dialSocket } from '../listen/dial-socket.ts'
import type { SocketHello } from '../listen/socket-hello.ts'
import type { Command, Surroundings } from '../../engine/command-line/command.ts'
import { configurationFrom, WHICH_AGENT, WHICH_AGENT_HELP } from './configuration-flags.ts'
import { readArguments } from '../../engine/command-line/read-arguments.ts'

/** Milliseconds between two looks. */
const LOOK_AGAIN = 200
/** How often to look for an agent that holds the data and has not opened its socket yet. */
const LOOKS = 50

const HELP = `restore-agent stdio

Speak with a console over standard input and output, as in "ssh HOST restore-agent stdio". It reaches the agent that
runs on this host if you may ask it. Else it is an agent of its own, on data of your own, for as long as the console
is there and a run is under way; another such call reaches the same one meanwhile.

${WHICH_AGENT_HELP}
`

/** A door for whoever may log in: no port is open and nobody is enrolled, ssh has asked already. */
export const stdio: Command = {
  help: HELP,
  async run(args, surroundings) {
    const { values } = readArguments({ args: [...args], options: WHICH_AGENT })
    const configuration = configurationFrom(values, surroundings)
    const hello = helloFrom(surroundings)
    process.stderr.on('error', () => undefined)
    const alone = values['data-directory'] === undefined ? ownConfiguration(configuration) : configuration
    for (let looks = 0; ; looks += 1) {
      const socket = await reachable([configuration.dataDirectory, alone.dataDirectory], hello)
      if (socket !== undefined) return bridge(socket)
      try {
        return await serveAlone(alone, hello)
      } catch (error) {
        const isStarting = isFault(error, 'conflict') && error.data.what === 'data_directory_in_use'
        if (!isStarting || looks === LOOKS) throw error
        await pause(LOOK_AGAIN)
      }
    }
  },
}

function helloFrom({ environment }: Surroundings): SocketHello {
  const client = environment['SSH_CONNECTION']?.split(' ')[0]
  const { username } = userInfo()
  return {
    peer: `${username}@${client ?? hostname()}`,
    origin: client === undefined ? 'standard input' : `ssh from ${client}`,
    wants: 'agent',
  }
}

/** The agent of the host, else one that this user has started with an earlier call. */
async function reachable(dataDirectories: readonly string[], hello: SocketHello): Promise<Socket | undefined> {
  for (const directory of new Set(dataDirectories)) {
    try {
      return await dialSocket(directory, hello)
    } catch (error) {
      if (!isFault(error, 'unreachable') && !isFault(error, 'forbidden')) throw error
    }
  }
  return undefined
}

/** What the host's configuration names is root's; whoever is not has data of their own. */
function ownConfiguration(configuration: Configuration): Configuration {
  return isPrivileged() ? configuration : { ...configuration, dataDirectory: ownDataDirectory(), stagingRoot: null }
}

/** Bytes both ways, until either side ends. */
async function bridge(socket: Socket): Promise<void> {
  const { stdin, stdout } = process
  stdout.on('error', () => socket.destroy())
  stdin.on('error', () => socket.destroy())
  stdin.pipe(socket)
  socket.pipe(stdout, { end: false })
  await new Promise((resolve) => socket.once('close', resolve))
  stdin.destroy()
}

async function serveAlone(configuration: Configuration, { peer, origin }: SocketHello): Promise<void> {
  await using daemon = await startDaemon({
    ...configuration,
    listen: null,
    agentVersion: productVersion(),
    log: (line) => process.stderr.write(`${line}\n`),
  })
  // sshd takes the session away with the console; the run that it has started stays.
  process.on('SIGHUP', () => undefined)
  const administrator = { role: 'admin', permissions: permissionSchema.options, workspace: null } as const
  const port = pipePort(process.stdin, process.stdout)
  servePort(port, daemon.agent.handler, { ...administrator, peer, origin })
  await new Promise((resolve) => port.onClose(resolve))
  await unneeded(daemon)
}

/** Resolves when no run is under way and nobody else is connected. */
async function unneeded({ agent, socketConnections }: Daemon): Promise<void> {
  while (socketConnections() > 0 || agent.trust.journal.runs.active() !== undefined) await pause(LOOK_AGAIN)
}
