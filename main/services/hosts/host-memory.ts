import { z } from 'zod'
import {
  type AgentIdentity,
  agentIdentitySchema,
  type HostNews,
  hostNewsSchema,
} from '../../../contract/shapes/host.ts'
import { type RepositoryView, repositoryViewSchema } from '../../../contract/shapes/repository.ts'
import type { HostStore } from '../../store/index.ts'
import { Changes } from '../changes.ts'
import type { KeptListings, KeptName } from '../kept/index.ts'
import type { Log } from '../log.ts'

/** What an agent said last, shown of its host while it is away. */
export interface KnownHost {
  readonly agent: AgentIdentity | null
  readonly repositories: readonly RepositoryView[]
  readonly lastSnapshots: HostNews['lastSnapshots']
}

const knownHostSchema = z.object({
  agent: agentIdentitySchema.nullable(),
  repositories: z.array(repositoryViewSchema),
  lastSnapshots: hostNewsSchema.shape.lastSnapshots,
})

interface Deps {
  readonly log: Log
  readonly kept: Pick<KeptListings, 'put' | 'read'>
  readonly store: HostStore
  /** What there is to remember of a host now; null when nothing is. */
  readonly tell: (hostId: string) => { readonly known: KnownHost | null; readonly lastSeenAt: string | null } | null
}

/**
 * Writes down what was heard of hosts, one after the other, and each once however often it has changed meanwhile: a
 * fleet that comes back together is neither in anybody's way nor forgotten.
 */
export class HostMemory implements AsyncDisposable {
  readonly #deps: Deps
  readonly #changes = new Changes<string>()
  readonly #stop = new AbortController()
  readonly #writing: Promise<void>

  constructor(deps: Deps) {
    this.#deps = deps
    this.#writing = this.#write()
  }

  /** Something is new of a host. */
  note(hostId: string): void {
    this.#changes.announce(hostId)
  }

  /** What was known of a host when this console was last here; null when that cannot be read. */
  async recall(hostId: string): Promise<KnownHost | null> {
    return (await this.#deps.kept.read(nameOf(hostId), knownHostSchema))?.value ?? null
  }

  /** Writes what still waits. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await this.#writing
  }

  async #write(): Promise<void> {
    using changes = this.#changes.subscribe()
    while (!this.#stop.signal.aborted) {
      await this.#writeAll(await changes.next(this.#stop.signal).catch(() => []))
    }
    await this.#writeAll(changes.rest())
  }

  /** Nothing of it is worth more than a line in the log: the agents know better. */
  async #writeAll(hostIds: readonly string[]): Promise<void> {
    const { log, kept, store, tell } = this.#deps
    const told = hostIds.flatMap((id) => {
      const host = tell(id)
      return host === null ? [] : [{ id, ...host }]
    })
    try {
      store.saw(told)
      for (const { id, known } of told) if (known !== null) await kept.put(nameOf(id), known)
    } catch (error) {
      log.warning('could not write down what was heard of hosts', { hosts: told.length, reason: String(error) })
    }
  }
}

function nameOf(hostId: string): KeptName {
  return { hostId, repositoryId: null, what: ['host'] }
}
