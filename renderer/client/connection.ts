/**
 * Whether main can be reached from this window. `refused`: it is there and does not let this page in, because the
 * ticket in the address is missing or is not the one it gave out.
 */
export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'connected' }
  | { readonly state: 'lost'; readonly since: Date }
  | { readonly state: 'refused'; readonly why: 'no-ticket' | 'wrong-ticket' }

/** The connection's state over time, for React's `useSyncExternalStore` and for those who dial. */
export class ConnectionState {
  readonly #listeners = new Set<() => void>()
  #current: Connection = { state: 'connecting' }

  get current(): Connection {
    return this.#current
  }

  /** A link that stays lost keeps the time at which it was lost. */
  set(next: Connection): void {
    if (next.state === this.#current.state) return
    this.#current = next
    for (const listener of this.#listeners) listener()
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }
}
