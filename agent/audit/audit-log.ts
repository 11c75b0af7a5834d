import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { canonicalJson } from '../../contract/audit-chain/canonical-json.ts'
import { CHAIN_START, type ChainLink, type ChainPoint, type ChainStep } from '../../contract/audit-chain/chain.ts'
import { type AuditEntry, auditEntrySchema } from '../../contract/shapes/audit.ts'
import type { Clock } from '../clock.ts'
import type { Connection } from '../connection.ts'
import type { Journal } from '../journal/open-journal.ts'
import type { AuditRotation } from './audit-rotation.ts'
import { chain } from './chain.ts'
import { rowsAfter } from './journal-source.ts'

/** What is about to be done, by whom it will be known with the entry. */
export type AuditSubject = Pick<AuditEntry, 'action' | 'summary'> &
  Partial<
    Pick<AuditEntry, 'repositoryId' | 'runId' | 'requestKey' | 'snapshotId' | 'targetPath' | 'planHash' | 'reason'>
  >

export type AuditOutcome = Pick<AuditEntry, 'outcome'> &
  Partial<Pick<AuditEntry, 'planHash' | 'files' | 'bytes' | 'proof'>>

const outcomeSchema = auditEntrySchema.pick({
  outcome: true,
  planHash: true,
  files: true,
  bytes: true,
  endedAt: true,
  proof: true,
})

interface AuditLogDeps {
  readonly journal: Journal
  readonly hostId: string
  readonly clock: Clock
  /** Told of each row, where old ones are moved out of the journal. */
  readonly rotation?: Pick<AuditRotation, 'written'>
}

/** What was done on this host: each entry is opened before the act and closed with its outcome, in a hash chain. */
export class AuditLog {
  readonly #journal: Journal
  readonly #hostId: string
  readonly #clock: Clock
  readonly #rotation: Pick<AuditRotation, 'written'> | undefined
  #followed: ChainPoint | undefined = CHAIN_START

  constructor({ journal, hostId, clock, rotation }: AuditLogDeps) {
    this.#rotation = rotation
    this.#journal = journal
    this.#hostId = hostId
    this.#clock = clock
  }

  /** Write down what is about to be done. Call it before doing it; gives the entry's id. */
  open(by: Connection, subject: AuditSubject): string {
    const entry: AuditEntry = {
      id: randomUUID(),
      at: this.#clock.now().toISOString(),
      actor: by.peer,
      origin: by.origin,
      hostId: this.#hostId,
      repositoryId: null,
      runId: null,
      requestKey: null,
      snapshotId: null,
      targetPath: null,
      planHash: null,
      files: null,
      bytes: null,
      endedAt: null,
      outcome: 'pending',
      reason: '',
      proof: null,
      ...subject,
    }
    this.#append({ entryId: entry.id, step: 'opened', runId: entry.runId, body: canonicalJson(entry) })
    return entry.id
  }

  /** Write down how it ended. */
  close(entryId: string, { outcome, planHash = null, files = null, bytes = null, proof = null }: AuditOutcome): void {
    const body = { outcome, planHash, files, bytes, proof, endedAt: this.#clock.now().toISOString() }
    this.#append({ entryId, step: 'closed', runId: null, body: canonicalJson(body) })
  }

  /** Write down what was asked and not carried out. */
  refuse(by: Connection, subject: AuditSubject): void {
    this.#journal.transaction(() => this.close(this.open(by, subject), { outcome: 'refused' }))
  }

  /** Entries that an earlier life of this agent left open, with the run that each was about. */
  unclosed(): readonly { readonly entryId: string; readonly runId: string | null }[] {
    return this.#journal.audit.unclosed()
  }

  /** Newest first, and whether the chain is whole; an entry that cannot be read any more is left out. */
  list(limit: number): { entries: AuditEntry[]; chainIntact: boolean } {
    const { audit, auditSegments } = this.#journal
    const entries = entriesOf(audit.newest(limit))
    for (const segment of auditSegments.list().toReversed()) {
      if (entries.length >= limit) break
      entries.push(...entriesOf(auditSegments.rows(segment).toReversed()))
    }
    return { entries: entries.slice(0, limit), chainIntact: this.#isIntact() }
  }

  /** Rows once verified are not looked at again: while this process lives, nobody else can open the journal. */
  #isIntact(): boolean {
    // What somebody has put before the first row would be listed, and does not follow from anything.
    const seen = this.#followed === CHAIN_START ? Number.MIN_SAFE_INTEGER : this.#followed?.sequence
    if (this.#followed && seen !== undefined) this.#followed = chain.follow(this.#followed, rowsOf(this.#journal, seen))
    return this.#followed !== undefined
  }

  #append(row: ChainStep): void {
    const { audit, auditSegments } = this.#journal
    this.#journal.transaction(() => {
      const link = chain.seal(audit.last() ?? auditSegments.end() ?? CHAIN_START, row)
      audit.append(link)
      this.#rotation?.written(link.sequence)
    })
  }
}

function* rowsOf(journal: Journal, after: number): Generator<ChainLink> {
  for (const rows of rowsAfter(journal, after)) yield* rows
}

/** What these rows say of entries that were opened in them, in their order. */
function entriesOf(rows: readonly ChainLink[]): AuditEntry[] {
  const outcomes = new Map(
    rows.filter(({ step }) => step === 'closed').map((row) => [row.entryId, readBody(outcomeSchema, row.body)]),
  )
  return rows
    .filter(({ step }) => step === 'opened')
    .flatMap((row) => {
      const opened = readBody(auditEntrySchema, row.body)
      const closed = outcomes.get(row.entryId)
      const planHash = closed?.planHash ?? opened?.planHash ?? null
      return opened === undefined ? [] : { ...opened, ...closed, planHash }
    })
}

/** Undefined for what someone wrote into the database by hand; the chain says so. */
function readBody<T>(schema: z.ZodType<T>, body: string): T | undefined {
  try {
    return schema.parse(JSON.parse(body))
  } catch {
    return undefined
  }
}
