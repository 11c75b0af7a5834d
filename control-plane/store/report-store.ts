import type { Database, Statement } from 'better-sqlite3'
import {
  keyText,
  momentOf,
  type ReplicaKey,
  type Report,
  type ReportGist,
  type ReportHead,
  toGist,
  toHeadRow,
  toReport,
} from './report-rows.ts'
import type { Revisions } from './revisions.ts'

/** Under what is counted which snapshots of replicas of a name were verified last. */
export function nameKey(name: string): string {
  return `name ${name}`
}

/** Which reports; what is not given does not choose. */
export interface ReportFilter {
  readonly replicaId?: string | null | undefined
  readonly machineId?: string | null | undefined
  readonly groupId?: string | null | undefined
  readonly deviceId?: string | null | undefined
}

interface KeptHead {
  readonly key: ReplicaKey
  readonly head: ReportHead
}

/** What was reported: only ever appended to. */
export class ReportStore {
  readonly #database: Database
  readonly #insert: (report: Omit<Report, 'sequence'>, answers: readonly number[]) => number
  readonly #bySequence: Statement
  readonly #allHeads: Statement
  readonly #headGists: Statement
  readonly #revisions: Revisions
  #heads: Map<string, KeptHead> | undefined

  constructor(database: Database, revisions: Revisions) {
    this.#database = database
    this.#revisions = revisions
    const insert = database.prepare(`
      INSERT INTO reports (id, device_id, replica_id, replica_name, group_id, machine_id, type, intent, outcome,
        replica_healthy, observed_at, reported_at, snapshot_id, error, run_id, started_at, body)
      VALUES (@id, @deviceId, @replicaId, @replicaName, @groupId, @machineId, @type, @intent, @outcome,
        @replicaHealthy, @observedAt, @reportedAt, @snapshotId, @error, @runId, @startedAt, @body)`)
    const putHead = database.prepare(`
      INSERT INTO report_heads (machine_id, type, intent, name, last, healthy)
      VALUES (@machineId, @type, @intent, @name, @last, @healthy)
      ON CONFLICT (machine_id, type, intent, name) DO UPDATE SET last = excluded.last, healthy = excluded.healthy`)
    this.#bySequence = database.prepare('SELECT * FROM reports WHERE sequence = ?')
    this.#allHeads = database.prepare('SELECT * FROM report_heads')
    this.#headGists = database.prepare(`
      SELECT sequence, outcome, replica_healthy, error, snapshot_id, observed_at, reported_at FROM reports
      WHERE sequence IN (SELECT last FROM report_heads UNION SELECT healthy FROM report_heads)`)
    const answer = database.prepare('UPDATE issuances SET answered_by = ? WHERE sequence = ?')
    this.#insert = (report, answers) => {
      const { body, replicaHealthy, ...rest } = report
      const row = { ...rest, replicaHealthy: Number(replicaHealthy), body: JSON.stringify(body) }
      const sequence = Number(insert.run(row).lastInsertRowid)
      for (const issuance of answers) answer.run(sequence, issuance)
      const head = newHead(this.head(keyOf(report)), gistOf({ ...report, sequence }))
      putHead.run({ ...keyOf(report), last: head.last.sequence, healthy: head.healthy?.sequence ?? null })
      return sequence
    }
  }

  /** Append one, in a transaction of its own, which also marks the issuances that it answers: they are no restores of unknown end. */
  record(report: Omit<Report, 'sequence'>, answers: readonly number[] = []): void {
    // What is remembered of the heads would be wrong if an outer transaction were undone.
    if (this.#database.inTransaction) throw new Error('A report is recorded in a transaction of its own.')
    const sequence = this.#database.transaction(this.#insert).immediate(report, answers)
    const key = keyOf(report)
    const before = this.head(key)
    const after = newHead(before, gistOf({ ...report, sequence }))
    this.#openHeads().set(keyText(key), { key, head: after })
    const isVerified = before?.healthy?.snapshotId !== after.healthy?.snapshotId
    if (isVerified) this.#revisions.bump(nameKey(key.name))
  }

  /** Undefined where nothing was ever reported. */
  head(key: ReplicaKey): ReportHead | undefined {
    return this.#openHeads().get(keyText(key))?.head
  }

  /** Newest first, those before `before` alone. */
  page(filter: ReportFilter, { before, limit }: { readonly before: number; readonly limit: number }): Report[] {
    const wanted = [
      ['replica_id', filter.replicaId],
      ['machine_id', filter.machineId],
      ['group_id', filter.groupId],
      ['device_id', filter.deviceId],
    ].flatMap(([column, value]) => (value === null || value === undefined ? [] : [{ column, value }]))
    const where = ['sequence < ?', ...wanted.map(({ column }) => `${column} = ?`)].join(' AND ')
    const rows = this.#database
      .prepare(`SELECT * FROM reports WHERE ${where} ORDER BY sequence DESC LIMIT ?`)
      .all(before, ...wanted.map(({ value }) => value), limit)
    return rows.map(toReport)
  }

  get(sequence: number): Report | undefined {
    const row = this.#bySequence.get(sequence)
    return row === undefined ? undefined : toReport(row)
  }

  /** All replicas of which anything was reported. */
  keys(): ReplicaKey[] {
    return Array.from(this.#openHeads().values(), ({ key }) => key)
  }

  #openHeads(): Map<string, KeptHead> {
    if (this.#heads !== undefined) return this.#heads
    const gists = new Map(this.#headGists.all().map((row) => [toGist(row).sequence, toGist(row)]))
    this.#heads = new Map()
    for (const row of this.#allHeads.all()) {
      const { key, last, healthy } = toHeadRow(row)
      const gist = gists.get(last)
      if (gist === undefined) continue
      const lastHealthy = healthy === null ? null : (gists.get(healthy) ?? null)
      this.#heads.set(keyText(key), { key, head: { last: gist, healthy: lastHealthy } })
    }
    return this.#heads
  }
}

function keyOf({ machineId, type, intent, replicaName }: Omit<Report, 'sequence'>): ReplicaKey {
  return { machineId, type, intent, name: replicaName }
}

function gistOf(report: Report): ReportGist {
  const { sequence, outcome, replicaHealthy, error, snapshotId, observedAt, reportedAt } = report
  const healthy = outcome === 'success' && replicaHealthy
  return { sequence, healthy, outcome, error, snapshotId, observedAt, reportedAt }
}

/** By when it was observed, as Canopy has it; of two at the same moment the one that came later. */
function newHead(head: ReportHead | undefined, gist: ReportGist): ReportHead {
  const last = head === undefined || momentOf(gist) >= momentOf(head.last) ? gist : head.last
  const before = head?.healthy ?? null
  const isLater = gist.healthy && (before === null || momentOf(gist) >= momentOf(before))
  return { last, healthy: isLater ? gist : before }
}
