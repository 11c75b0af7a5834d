import type { ChainLink, ChainPoint } from '../../contract/audit-chain/chain.ts'
import { CHAIN_START } from '../../contract/audit-chain/chain.ts'
import type { Clock } from '../clock.ts'
import type { Journal } from '../journal/open-journal.ts'
import type { Logger } from '../../engine/logging/logger.ts'
import { chain } from './chain.ts'

/** How many rows a segment has, and how many at least stay in the database: more than anybody lists at once. */
const SIZES = { segment: 10_000, kept: 4_000 }
/** Rows after which a rotation that could not be done is tried again. */
const AGAIN = 500

interface RotationDeps {
  readonly journal: Pick<Journal, 'audit' | 'auditSegments'>
  readonly clock: Clock
  readonly logger: Logger
  readonly sizes?: typeof SIZES
}

/**
 * Moves the oldest rows of the audit into closed segments, so that the database stays small. The chain goes on over them:
 * what stands after a segment begins with the hash of its last row.
 */
export class AuditRotation implements Disposable {
  readonly #deps: RotationDeps
  readonly #sizes: typeof SIZES
  /** The row with which it is looked again. */
  #due = 0
  #soon: NodeJS.Immediate | undefined

  constructor(deps: RotationDeps) {
    this.#deps = deps
    this.#sizes = deps.sizes ?? SIZES
  }

  /** A row was written. What is to be moved is moved soon, not while somebody waits for that row. */
  written(sequence: number): void {
    if (sequence < this.#due || this.#soon !== undefined) return
    this.#soon = setImmediate(() => {
      this.#soon = undefined
      this.rotate()
    }).unref()
  }

  /** Move what there is to be moved, never so that an entry and its outcome are parted. */
  rotate(): void {
    const { journal, clock, logger } = this.#deps
    const last = journal.audit.last()?.sequence ?? 0
    try {
      for (let rows = this.#movable(); rows.length > 0; rows = this.#movable()) {
        journal.auditSegments.close(rows, clock.now())
        logger.info('audit.rotated', { first: rows[0]?.sequence, last: rows.at(-1)?.sequence })
      }
      this.#due = Math.max(last + AGAIN, this.#begin().sequence + this.#sizes.segment + this.#sizes.kept)
    } catch (error) {
      this.#due = last + AGAIN
      logger.error('audit.rotation-failed', { error })
    }
  }

  [Symbol.dispose](): void {
    clearImmediate(this.#soon)
  }

  /** Where the rows of the database begin. */
  #begin(): ChainPoint {
    return this.#deps.journal.auditSegments.end() ?? CHAIN_START
  }

  #movable(): ChainLink[] {
    const { segment, kept } = this.#sizes
    const { audit } = this.#deps.journal
    const begin = this.#begin()
    const last = audit.last()?.sequence ?? 0
    if (last - begin.sequence < segment + kept) return []
    const rows = audit.page(Number.MIN_SAFE_INTEGER, segment)
    // What somebody has changed stays where it is found.
    return chain.follow(begin, rows) === undefined ? [] : rows.slice(0, wholeEntries(rows))
  }
}

/** How many of these rows, from the first, hold none but entries that are closed. */
function wholeEntries(rows: readonly ChainLink[]): number {
  const open = new Set<string>()
  let whole = 0
  for (const [at, { entryId, step }] of rows.entries()) {
    if (step === 'closed') open.delete(entryId)
    else open.add(entryId)
    if (open.size === 0) whole = at + 1
  }
  return whole
}
