import type { PlaneRecord } from '../../store/index.ts'
import { ownKey, type SecretsService } from '../secrets/index.ts'
import type { RunningPlane, StartEmbedded } from './plane-client.ts'

interface Deps {
  readonly secrets: Pick<SecretsService, 'open'>
  readonly start: StartEmbedded
  /** Identifies this data directory; part of the key's name. */
  readonly installation: string
}

/** The planes that this console carries itself: one for each workspace that has it switched on, each with a key of its own. */
export class EmbeddedPlanes implements AsyncDisposable {
  readonly #deps: Deps
  readonly #running = new Map<string, RunningPlane>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** The running one, started where it is not. Rejects with why it cannot start. */
  async run({ id, consumerPort }: PlaneRecord, signal: AbortSignal): Promise<RunningPlane> {
    const running = this.#running.get(id)
    if (running !== undefined) return running
    const { secrets, start, installation } = this.#deps
    const secretsKey = await ownKey(await secrets.open(), `plane-key:${installation}:${id}`)
    signal.throwIfAborted()
    const started = await start({ planeId: id, secretsKey, consumerPort }, signal)
    this.#running.set(id, started)
    void started.ended.then(() => {
      if (this.#running.get(id) === started) this.#running.delete(id)
    })
    return started
  }

  /** End it; what it knows stays on the disk. */
  async end(id: string): Promise<void> {
    const running = this.#running.get(id)
    this.#running.delete(id)
    await running?.[Symbol.asyncDispose]()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#running.keys()].map((id) => this.end(id)))
  }
}
