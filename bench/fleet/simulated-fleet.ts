import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { answerSchema } from './messages.ts'

const ENTRY = join(import.meta.dirname, 'agents-process.ts')
/** Agents in one process. */
const TOGETHER = 250

export interface SimulatedFleet extends AsyncDisposable {
  /** What enrols a console at each, by name. */
  readonly lines: Readonly<Record<string, string>>
  /** Have a host's run get so far; answers when its agent told that, in nanoseconds of the system's monotonic clock. */
  progress(hostname: string, filesDone: number): Promise<bigint>
}

/** So many agents on loopback, in a few processes. */
export async function startFleet(directory: string, size: number): Promise<SimulatedFleet> {
  await using stack = new AsyncDisposableStack()
  const names = Array.from({ length: size }, (_, at) => `host-${String(at + 1).padStart(4, '0')}`)
  const parts = Array.from({ length: Math.ceil(size / TOGETHER) }, (_, at) =>
    stack.use(new AgentsProcess(directory, names.slice(at * TOGETHER, (at + 1) * TOGETHER))),
  )
  const lines = await Promise.all(parts.map(({ started }) => started))
  const homes = new Map(lines.flatMap((part, at) => Object.keys(part).map((name) => [name, parts[at]] as const)))
  const owned = stack.move()
  return {
    lines: Object.assign({}, ...lines),
    progress(hostname, filesDone) {
      const home = homes.get(hostname)
      if (home === undefined) throw new Error(`no agent is called ${hostname}`)
      return home.progress(hostname, filesDone)
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

class AgentsProcess implements AsyncDisposable {
  readonly started: Promise<Readonly<Record<string, string>>>
  readonly #child: ChildProcess
  readonly #told = new Map<string, (at: bigint) => void>()

  constructor(directory: string, hostnames: readonly string[]) {
    this.#child = fork(ENTRY, [JSON.stringify({ directory, hostnames })])
    const { promise, resolve, reject } = Promise.withResolvers<Readonly<Record<string, string>>>()
    this.started = promise
    this.#child.once('exit', () => reject(new Error('a process of agents has ended')))
    this.#child.on('message', (message) => {
      const answer = answerSchema.parse(message)
      if (answer.kind === 'started') return resolve(answer.lines)
      this.#told.get(answer.hostname)?.(answer.at)
      this.#told.delete(answer.hostname)
    })
  }

  progress(hostname: string, filesDone: number): Promise<bigint> {
    return new Promise((resolve) => {
      this.#told.set(hostname, resolve)
      this.#child.send({ hostname, filesDone })
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await ended
  }
}
