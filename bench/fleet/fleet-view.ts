import type { ConsoleClient } from '../../contract/console/index.ts'
import type { HostView } from '../../contract/shapes/host.ts'
import { Changes } from '../../main/services/changes.ts'

/** The fleet as a page sees it: what `hosts.watch` of the console's contract told last of each host, by name. */
export class FleetView implements AsyncDisposable {
  readonly hosts = new Map<string, HostView>()
  readonly #changes = new Changes<'hosts'>()
  readonly #stop = new AbortController()
  readonly #watching: Promise<void>

  constructor(client: ConsoleClient) {
    this.#watching = this.#watch(client)
  }

  /** Resolves as soon as the page knows what is wanted of it. */
  async until(isSo: () => boolean): Promise<void> {
    using changes = this.#changes.subscribe()
    while (!isSo()) await Promise.race([changes.next(this.#stop.signal), this.#watching])
  }

  /** Hosts other than this computer whose link stands. */
  connected(): number {
    return [...this.hosts.values()].filter(({ local, link }) => !local && link.state === 'connected').length
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await this.#watching
  }

  async #watch(client: ConsoleClient): Promise<void> {
    const { signal } = this.#stop
    try {
      for await (const { hosts } of await client.hosts.watch(undefined, { signal })) {
        for (const host of hosts) this.hosts.set(host.name, host)
        this.#changes.announce('hosts')
      }
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }
}
