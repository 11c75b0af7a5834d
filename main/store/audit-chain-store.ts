import type Database from 'better-sqlite3'
import { z } from 'zod'
import { canonicalJson } from '../../contract/audit-chain/canonical-json.ts'
import { CHAIN_START, type ChainLink, type ChainPoint, type ChainStep } from '../../contract/audit-chain/chain.ts'
import { chain } from './chain.ts'

const pointSchema = z.object({ sequence: z.number(), hash: z.string() })

/** As someone may have left it who has changed the database by hand. */
const linkSchema = z.object({
  sequence: z.number(),
  entry_id: z.string().catch(''),
  step: z.string().catch(''),
  run_id: z.string().nullable().catch(null),
  body: z.string().catch(''),
  previous: z.string().catch(''),
  hash: z.string().catch(''),
})

/** `opened` holds all of an entry, `noted` and `closed` what has become another since; `closed` ends it. */
export type ConsoleStep = 'opened' | 'noted' | 'closed'

/** The rows of this console's audit, each sealing the one before. They can be added and read; the database refuses all else. */
export class AuditChainStore {
  readonly #append: Database.Statement<[ChainLink]>
  readonly #last: Database.Statement<[]>
  readonly #page: Database.Statement<[number, number]>
  readonly #ofEntry: Database.Statement<[string]>

  constructor(database: Database.Database) {
    this.#append = database.prepare(
      `INSERT INTO audit_chain (sequence, entry_id, step, run_id, body, previous, hash)
       VALUES (:sequence, :entryId, :step, :runId, :body, :previous, :hash)`,
    )
    this.#last = database.prepare('SELECT sequence, hash FROM audit_chain ORDER BY sequence DESC LIMIT 1')
    this.#page = database.prepare('SELECT * FROM audit_chain WHERE sequence > ? ORDER BY sequence LIMIT ?')
    this.#ofEntry = database.prepare('SELECT * FROM audit_chain WHERE entry_id = ? ORDER BY sequence')
  }

  /** Add a row; to be called in a transaction with what it is about. */
  append(
    step: ConsoleStep,
    { entryId, runId, says }: Pick<ChainStep, 'entryId' | 'runId'> & { readonly says: object },
  ): void {
    this.#append.run(chain.seal(this.#end(), { entryId, step, runId, body: canonicalJson(says) }))
  }

  /** At most `limit` rows after this place in order, whatever somebody has made of them. */
  page(after: number, limit: number): ChainLink[] {
    return this.#page.all(after, limit).map(toLink)
  }

  /** The rows of one entry, in order. */
  ofEntry(entryId: string): ChainLink[] {
    return this.#ofEntry.all(entryId).map(toLink)
  }

  #end(): ChainPoint {
    const last = this.#last.get()
    return last === undefined ? CHAIN_START : pointSchema.parse(last)
  }
}

function toLink(row: unknown): ChainLink {
  const { entry_id: entryId, run_id: runId, ...rest } = linkSchema.parse(row)
  return { ...rest, entryId, runId }
}
