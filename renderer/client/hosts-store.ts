import type { HostView } from '../../contract/shapes/host.ts'

/** What the console says of its hosts: those of which something has changed, and the ids of those that are gone. */
export interface HostsNews {
  readonly hosts: readonly HostView[]
  readonly gone: readonly string[]
}

/** How far the following of hosts has come. `waiting`: nothing has arrived yet. */
export interface Following {
  readonly state: 'waiting' | 'live' | 'ended' | 'failed'
  readonly error: unknown
}

/** How long news is gathered before it is told on: a thousand hosts that come back at once must not draw a thousand times. */
const GATHER_MILLISECONDS = 40

const byName = new Intl.Collator(undefined, { numeric: true })

/** Every host as it is now. Who looks at one host is told of that one alone, so that a change of one is no work for the others. */
export class HostsStore {
  #hosts: ReadonlyMap<string, HostView> = new Map()
  #list: readonly HostView[] = []
  #following: Following = { state: 'waiting', error: undefined }
  readonly #listeners = new Set<() => void>()
  readonly #byHost = new Map<string, Set<() => void>>()

  /** This computer first, then those kept at the top, then by name. The same array until something changes. */
  get list(): readonly HostView[] {
    return this.#list
  }

  get following(): Following {
    return this.#following
  }

  get(hostId: string): HostView | null {
    return this.#hosts.get(hostId) ?? null
  }

  /** Called at every change of any host. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Called at every change of this host only. */
  subscribeTo(hostId: string, listener: () => void): () => void {
    const listeners = this.#byHost.get(hostId) ?? new Set()
    this.#byHost.set(hostId, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#byHost.delete(hostId)
    }
  }

  /** Follow until the signal, or until the stream is over. */
  async follow(open: (signal: AbortSignal) => Promise<AsyncIterable<HostsNews>>, signal: AbortSignal): Promise<void> {
    let gathered: HostsNews[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const tell = (state: Following['state'], error?: unknown): void => {
      clearTimeout(timer)
      timer = undefined
      if (signal.aborted) return
      const news = gathered
      gathered = []
      this.take(news, { state, error })
    }
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
    try {
      for await (const news of await open(signal)) {
        gathered.push(news)
        timer ??= setTimeout(() => tell('live'), GATHER_MILLISECONDS)
      }
      tell('ended')
    } catch (error) {
      tell('failed', error)
    }
  }

  /** Take some news in, in order, and tell whoever looks at what has changed. */
  take(news: readonly HostsNews[], following: Following): void {
    const before = this.#hosts
    const hosts = new Map(before)
    const changed = new Set<string>()
    for (const { hosts: told, gone } of news) {
      for (const host of told) hosts.set(host.id, host)
      for (const id of gone) hosts.delete(id)
      for (const id of [...told.map((host) => host.id), ...gone]) changed.add(id)
    }
    const isSame = this.#following.state === following.state && this.#following.error === following.error
    if (changed.size === 0 && isSame) return
    this.#following = following
    this.#hosts = hosts
    if (changed.size > 0) this.#list = placed(this.#list, before, hosts)
    for (const id of changed) for (const listener of this.#byHost.get(id) ?? []) listener()
    for (const listener of this.#listeners) listener()
  }
}

/** The hosts in their order; sorted anew only when one has come, gone or changed its place. */
function placed(
  list: readonly HostView[],
  before: ReadonlyMap<string, HostView>,
  hosts: ReadonlyMap<string, HostView>,
): readonly HostView[] {
  const stay = hosts.size === before.size && list.every((host) => samePlace(host, hosts.get(host.id)))
  return stay ? list.map((host) => hosts.get(host.id) ?? host) : [...hosts.values()].sort(inOrder)
}

function samePlace(a: HostView, b: HostView | undefined): boolean {
  return b !== undefined && a.name === b.name && a.pinned === b.pinned && a.local === b.local
}

function inOrder(a: HostView, b: HostView): number {
  return Number(b.local) - Number(a.local) || Number(b.pinned) - Number(a.pinned) || byName.compare(a.name, b.name)
}
