import { canonicalJson } from './canonical-json.ts'

/** What one row of an audit says. */
export interface ChainStep {
  readonly entryId: string
  /** An entry is opened before the act and closed with its outcome. */
  readonly step: string
  readonly runId: string | null
  /** Canonical JSON. */
  readonly body: string
}

/** One row of an audit, as it was written or as somebody has left it. */
export interface ChainLink extends ChainStep {
  /** Its place, counted from 1. */
  readonly sequence: number
  /** The hash of the row before. */
  readonly previous: string
  readonly hash: string
}

/** Up to where a chain has been followed. */
export type ChainPoint = Pick<ChainLink, 'sequence' | 'hash'>

/** What stands before the first row. */
export const CHAIN_START: ChainPoint = { sequence: 0, hash: '0'.repeat(64) }

/** SHA-256 of a text in UTF-8, in hexadecimal. */
export type Sha256 = (text: string) => string

/** How rows are linked. */
export class Chain {
  readonly #sha256: Sha256

  constructor(sha256: Sha256) {
    this.#sha256 = sha256
  }

  /** The hash over the previous row's hash and all of this row, as canonical JSON. */
  hashOf({ previous, sequence, entryId, step, runId, body }: Omit<ChainLink, 'hash'>): string {
    return this.#sha256(previous + canonicalJson({ sequence, entryId, step, runId, body }))
  }

  /** The row that says this after `point`. */
  seal(point: ChainPoint, says: ChainStep): ChainLink {
    const link = { ...says, sequence: point.sequence + 1, previous: point.hash }
    return { ...link, hash: this.hashOf(link) }
  }

  /** Whether this row is the one that was written after `point`. */
  follows(point: ChainPoint, row: ChainLink): boolean {
    return row.sequence === point.sequence + 1 && row.previous === point.hash && row.hash === this.hashOf(row)
  }

  /**
   * Follow the chain from `start` over the rows after it. Undefined when one was changed, left out or put in between;
   * rows that were cut off the end cannot be seen from here.
   */
  follow(start: ChainPoint, rows: Iterable<ChainLink>): ChainPoint | undefined {
    let point = start
    for (const row of rows) {
      if (!this.follows(point, row)) return undefined
      point = { sequence: row.sequence, hash: row.hash }
    }
    return point
  }
}
