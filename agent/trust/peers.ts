import { CLOSING } from '../../contract/agent/closing.ts'
import { Fault } from '../../contract/errors.ts'
import type { Peer } from '../../contract/shapes/peer.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import type { Clock } from '../clock.ts'
import type { Connection } from '../connection.ts'
import type { Journal } from '../journal/open-journal.ts'
import type { PeerRecord } from '../journal/peer-store.ts'
import type { Logger } from '../../engine/logging/logger.ts'

/** Milliseconds within which seeing a peer again is not written down anew. */
const SEEN_LATELY = 60_000

export interface TrustDeps {
  readonly journal: Journal
  readonly audit: AuditLog
  readonly clock: Clock
  readonly logger: Logger
}

/** Ends a live connection, telling the other side why. */
export type EndConnection = (reason: string) => void

/** The consoles that this agent knows by their keys, and which of them are connected. */
export class Peers {
  readonly #deps: TrustDeps
  readonly #live = new Map<string, Set<EndConnection>>()

  constructor(deps: TrustDeps) {
    this.#deps = deps
  }

  /** In the order they were enrolled. */
  list(): Peer[] {
    return this.#deps.journal.peers.list().map((record) => this.#view(record))
  }

  /** The peer with this key, as it is known now. */
  known(pin: string): PeerRecord | undefined {
    return this.#deps.journal.peers.get(pin)
  }

  /** Live connections of a peer. */
  connections(pin: string): number {
    return this.#live.get(pin)?.size ?? 0
  }

  /** A peer has connected; `end` is called when it is to be let in no longer. Dispose it when the connection is over. */
  connect(pin: string, end: EndConnection): Disposable {
    const ends = this.#live.get(pin) ?? new Set()
    this.#live.set(pin, ends.add(end))
    this.#saw(pin)
    return {
      [Symbol.dispose]: () => {
        if (!ends.delete(end)) return
        if (ends.size === 0 && this.#live.get(pin) === ends) this.#live.delete(pin)
        this.#saw(pin)
      },
    }
  }

  /** End what a peer has open: it was let in as what the peer is no longer. */
  endConnections(pin: string, reason: string): void {
    for (const end of this.#live.get(pin) ?? []) end(reason)
  }

  /**
   * Forget a peer and end its live connections; `which` is its name, its pin or the beginning of its pin. Throws
   * `not_found`, `conflict` (`several_peers`).
   */
  revoke(which: string, by: Connection): Peer {
    const { journal, audit, logger } = this.#deps
    const record = this.#find(which)
    const view = this.#view(record)
    const summary = `Revoke ${record.name} (key ${record.pin}), ${record.role} of ${record.workspace}`
    journal.transaction(() => {
      const entry = audit.open(by, { action: 'peer.revoke', summary })
      journal.peers.remove(record.pin)
      audit.close(entry, { outcome: 'done' })
    })
    this.endConnections(record.pin, CLOSING.revoked)
    logger.info('peer.revoked', { pin: record.pin, name: record.name, by: by.peer })
    return view
  }

  #find(which: string): PeerRecord {
    const all = this.#deps.journal.peers.list()
    const exact = all.find(({ pin }) => pin === which)
    const [found, another] = exact ? [exact] : all.filter(({ pin, name }) => name === which || pin.startsWith(which))
    if (found === undefined) throw new Fault('not_found', { what: 'peer', id: which })
    if (another !== undefined) throw new Fault('conflict', { what: 'several_peers', detail: which })
    return found
  }

  /** Best effort: a disk that is full is no reason to end a connection, nor the agent. */
  #saw(pin: string): void {
    const { journal, clock, logger } = this.#deps
    try {
      const now = clock.now()
      const before = this.known(pin)?.lastSeenAt
      if (before && now.getTime() - Date.parse(before) < SEEN_LATELY) return
      journal.peers.seen(pin, now.toISOString())
    } catch (error) {
      logger.warn('peer.unseen', { pin, error })
    }
  }

  #view(record: PeerRecord): Peer {
    const connections = this.connections(record.pin)
    const lastSeenAt = connections > 0 ? this.#deps.clock.now().toISOString() : record.lastSeenAt
    return { ...record, permissions: [...record.permissions], lastSeenAt, connections }
  }
}
