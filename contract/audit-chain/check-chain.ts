import type { AuditAnchor, AuditBreak, AuditCheck } from '../shapes/audit-chain.ts'
import { CHAIN_START, type Chain, type ChainLink, type ChainPoint } from './chain.ts'
import { type ChainSource, linkAt } from './chain-source.ts'
import { describeLink } from './describe-link.ts'
import { type Broken, findBreak } from './find-break.ts'

export interface CheckOptions {
  readonly chain: Chain
  readonly anchor: AuditAnchor | null
  /** Lets others have their turn after each page; rejects when nobody wants the answer any more. */
  readonly breathe: () => Promise<unknown>
}

/**
 * Check an audit from its first entry, letting others have their turn after each page, and name the first entry that is
 * not as it was written. Whoever can write the database can also write a whole chain of their own: that, and an end that
 * was cut off, is seen only with an anchor from before.
 */
export async function checkChain(source: ChainSource, { chain, anchor, breathe }: CheckOptions): Promise<AuditCheck> {
  const walk = new Walk(chain, anchor)
  for (const page of source.pages()) {
    const broken = walk.over(page)
    if (broken !== null) return walk.result(describeBreak(source, broken(source)))
    await breathe()
  }
  const cutOff = walk.cutOff()
  return walk.result(cutOff && describeBreak(source, cutOff))
}

/** Finds out what is wrong where a walk could not go on. */
type Finding = (source: ChainSource) => Broken

/** How far a check has come. */
class Walk {
  readonly #chain: Chain
  readonly #anchor: AuditAnchor | null
  #point: ChainPoint = CHAIN_START
  #last: ChainLink | null = null
  #anchorHolds: boolean

  constructor(chain: Chain, anchor: AuditAnchor | null) {
    this.#chain = chain
    this.#anchor = anchor
    this.#anchorHolds = anchor?.sequence === CHAIN_START.sequence
  }

  /** Null where the whole page follows. */
  over(links: readonly ChainLink[]): Finding | null {
    for (const link of links) {
      const finding = this.#step(link)
      if (finding !== null) return finding
    }
    return null
  }

  /** What the anchor speaks of and was not come to. */
  cutOff(): Broken | null {
    if (this.#anchor === null || this.#anchorHolds) return null
    return { wrong: 'cut_off', sequence: this.#point.sequence + 1, until: this.#anchor.sequence }
  }

  result(broken: AuditBreak | null): AuditCheck {
    const { sequence, hash } = this.#point
    const whole = broken === null ? sequence : Math.max(0, Math.min(sequence, broken.sequence - 1))
    return {
      whole,
      hash,
      lastAt: (broken === null ? this.#last && describeLink(this.#last) : broken.follows)?.at ?? null,
      anchorHolds: this.#anchor && this.#anchorHolds,
      broken,
    }
  }

  #step(link: ChainLink): Finding | null {
    const [chain, point] = [this.#chain, this.#point]
    if (!chain.follows(point, link)) return (source) => findBreak(source, { chain, point, link })
    const { sequence, hash } = link
    if (this.#anchor?.sequence === sequence) {
      if (this.#anchor.hash !== hash) return () => ({ wrong: 'rewritten', sequence, until: sequence, link })
      this.#anchorHolds = true
    }
    this.#point = { sequence, hash }
    this.#last = link
    return null
  }
}

function describeBreak(source: ChainSource, { link, ...broken }: Broken): AuditBreak {
  const { sequence, wrong, until } = broken
  const found = link ?? linkAt(source, sequence)
  const before = sequence > 1 ? linkAt(source, sequence - 1) : undefined
  const { at, says } = found === undefined ? { at: null, says: '' } : describeLink(found)
  const follows = before === undefined ? null : describeLink(before)
  return { sequence, at, says, until, wrong, follows, segment: source.segmentOf(sequence) }
}
