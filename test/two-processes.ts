import { join } from 'node:path'
import { agentProgram, type ServedProgram, serveProgram } from '../agent/testing/agent-program.ts'
import type { ConsoleClient } from '../contract/console/index.ts'
import { readEnrolment } from '../contract/shapes/enrolment.ts'
import { type HeadlessConsole, headlessConsole } from './headless-console.ts'
import { makeRepository, restic } from './restic.ts'

/** A host's agent and a console that is enrolled with it, each a process of its own, to be killed and begun again. */
export interface TwoProcesses extends AsyncDisposable {
  readonly hostId: string
  readonly repositoryId: string
  readonly snapshotId: string
  /** The console's front door, as it is now. */
  client(): ConsoleClient
  /** End one of them as a power cut would. */
  kill(which: Side): Promise<void>
  /** Begin one of them again, and wait until they are connected. */
  restart(which: Side): Promise<void>
}

export type Side = 'agent' | 'console'

/** Both of them over a small repository, below a folder. */
export async function twoProcesses(directory: string): Promise<TwoProcesses> {
  const files = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`data/${at}`, `file ${at}`]))
  const { repository, snapshotId } = await makeRepository({ directory: join(directory, 'made'), files })
  const where = ['--data-directory', join(directory, 'agent')]
  const staging = ['--staging-root', join(directory, 'staging-of-agent')]
  const begin = (port: number): Promise<ServedProgram> =>
    serveProgram([...where, ...staging, '--listen', `127.0.0.1:${port}`, '--restic', restic().path])
  let agent = await begin(0)
  const made = await agentProgram(['enrol', '--role', 'admin', '--workspace', 'ops', ...where])
  const port = Number(readEnrolment(made.out)?.address.split(':').at(-1))
  let console: HeadlessConsole = await headlessConsole(directory)
  const { id: hostId } = await console.client.hosts.enrol({ line: made.out.trim(), name: 'db-01' })
  const { url, password } = repository.access
  const access = { url, username: '', serverPassword: '', password }
  const { id: repositoryId } = await console.client.repositories.add({ hostId, name: 'made', access })

  const connected = async (): Promise<void> => {
    await console.client.hosts.reach({ hostId })
    for await (const { hosts } of await console.client.hosts.watch(undefined)) {
      const host = hosts.find(({ id }) => id === hostId)
      if (host?.link.state === 'connected') return
      if (host?.link.state === 'unreachable') throw new Error(host.link.reason)
      if (host !== undefined && host.link.state !== 'connecting') await console.client.hosts.reach({ hostId })
    }
  }
  return {
    hostId,
    repositoryId,
    snapshotId,
    client: () => console.client,
    async kill(which) {
      await (which === 'agent' ? agent.stop('SIGKILL') : console.end('SIGKILL'))
    },
    async restart(which) {
      if (which === 'agent') agent = await begin(port)
      else console = await headlessConsole(directory)
      await connected()
    },
    async [Symbol.asyncDispose]() {
      await console.end('SIGKILL')
      await agent.stop('SIGKILL')
    },
  }
}
