import type Database from 'better-sqlite3'
import { z } from 'zod'
import { type Door, doorSchema } from '../../contract/shapes/host.ts'

/** A host as this console remembers it. */
export interface HostRecord {
  readonly id: string
  readonly name: string
  /** By which way its agent is reached. */
  readonly door: Door
  readonly labels: readonly string[]
  readonly pinned: boolean
  /** The workspace of this console that it is in. */
  readonly workspaceId: string
  /** What its agent calls the workspace it was enrolled for; null for one that names none. */
  readonly workspace: string | null
  /** What its agent calls itself; null for this computer's own. */
  readonly agentId: string | null
  readonly addedAt: string
  /** When an answer last came from it; null before the first one. */
  readonly lastSeenAt: string | null
}

interface HostRow {
  readonly id: string
  readonly name: string
  readonly door: string
  readonly labels: string
  readonly pinned: number
  readonly workspace_id: string
  readonly workspace: string | null
  readonly agent_id: string | null
  readonly added_at: string
  readonly last_seen_at: string | null
}

interface Sight {
  readonly id: string
  readonly lastSeenAt: string | null
}

/** The hosts this console knows. */
export class HostStore {
  readonly #list: Database.Statement<[], HostRow>
  readonly #put: Database.Statement<[HostRow]>
  readonly #putAll: (hosts: readonly HostRecord[]) => void
  readonly #saw: Database.Statement<[Sight]>
  readonly #sawAll: (sights: readonly Sight[]) => void
  readonly #remove: (hostId: string) => void

  constructor(database: Database.Database) {
    this.#list = database.prepare(`SELECT * FROM hosts ORDER BY door ->> 'kind' = 'local' DESC, name`)
    this.#put = database.prepare(
      `INSERT INTO hosts (id, name, door, labels, pinned, workspace_id, workspace, agent_id, added_at, last_seen_at)
       VALUES (:id, :name, :door, :labels, :pinned, :workspace_id, :workspace, :agent_id, :added_at, :last_seen_at)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, door = excluded.door, labels = excluded.labels,
         pinned = excluded.pinned, workspace_id = excluded.workspace_id, workspace = excluded.workspace, agent_id = excluded.agent_id`,
    )
    this.#putAll = database.transaction((hosts: readonly HostRecord[]) => {
      for (const host of hosts) this.#put.run(write(host))
    })
    this.#saw = database.prepare(
      'UPDATE hosts SET last_seen_at = :lastSeenAt WHERE id = :id AND last_seen_at IS NOT :lastSeenAt',
    )
    this.#sawAll = database.transaction((sights: readonly Sight[]) => {
      for (const { id, lastSeenAt } of sights) this.#saw.run({ id, lastSeenAt })
    })
    const removeRuns = database.prepare<[string]>('DELETE FROM runs WHERE host_id = ?')
    const removeHost = database.prepare<[string]>('DELETE FROM hosts WHERE id = ?')
    this.#remove = database.transaction((hostId: string) => {
      removeRuns.run(hostId)
      removeHost.run(hostId)
    })
  }

  /** This computer first, then by name. */
  list(): HostRecord[] {
    return this.#list.all().map(read)
  }

  /** Keep hosts, or what has changed of them, all at once. When a known one was last seen is told with `saw`. */
  put(...hosts: readonly HostRecord[]): void {
    this.#putAll(hosts)
  }

  /** When hosts were last seen, all at once. */
  saw(sights: readonly Sight[]): void {
    this.#sawAll(sights)
  }

  /** Forget a host and the mirror of its runs; what was asked of it stays in the audit. */
  remove(hostId: string): void {
    this.#remove(hostId)
  }
}

function write(host: HostRecord): HostRow {
  return {
    id: host.id,
    name: host.name,
    door: JSON.stringify(host.door),
    labels: JSON.stringify(host.labels),
    pinned: host.pinned ? 1 : 0,
    workspace_id: host.workspaceId,
    workspace: host.workspace,
    agent_id: host.agentId,
    added_at: host.addedAt,
    last_seen_at: host.lastSeenAt,
  }
}

function read(row: HostRow): HostRecord {
  return {
    id: row.id,
    name: row.name,
    door: doorSchema.parse(JSON.parse(row.door)),
    labels: z.array(z.string()).parse(JSON.parse(row.labels)),
    pinned: row.pinned === 1,
    workspaceId: row.workspace_id,
    workspace: row.workspace,
    agentId: row.agent_id,
    addedAt: row.added_at,
    lastSeenAt: row.last_seen_at,
  }
}
