import type { AuditBreak } from '../shapes/audit-chain.ts'
import { CHAIN_START, type Chain, type ChainLink, type ChainPoint } from './chain.ts'
import type { ChainSource } from './chain-source.ts'

/** How many places away from where it stands a row's own place is looked for. */
const FARTHEST = 10_000

/** What is wrong with an audit, and from where on. */
export interface Broken extends Pick<AuditBreak, 'wrong' | 'sequence' | 'until'> {
  /** The row that is meant, where it is not the one that stands in that place. */
  readonly link?: ChainLink
}

export interface Stuck {
  readonly chain: Chain
  /** Up to where all follows. */
  readonly point: ChainPoint
  /** The row that does not follow. */
  readonly link: ChainLink
}

/** What a look over the whole audit shows of the place where it breaks. */
interface Traces {
  /** The row that was written for the place of the break, where it stands now. */
  readonly rightful: ChainLink | null
  /** Where the row stands that the one at the break was written after. */
  readonly origin: number | null
  /** Whether the one at the break stands somewhere else too. */
  readonly hasTwin: boolean
  /** The row after the one at the break. */
  readonly next: ChainLink | null
}

/**
 * Say what was done where an audit does not follow. A row tells where it was written: its hash is over its place, and
 * names the row before it. What cannot be told apart is called changed.
 */
export function findBreak(source: ChainSource, stuck: Stuck): Broken {
  const { point, link } = stuck
  const place = point.sequence + 1
  const traces = look(source, stuck)
  const { rightful, origin, hasTwin } = traces
  if (rightful === null && link.sequence === place && isOfPlace(stuck)) return { wrong: 'changed', ...only(place) }
  const written = placeOf(stuck)
  const isMoved = written !== null && written !== link.sequence && !hasTwin
  if (link.sequence < place) return { wrong: isMoved ? 'out_of_order' : 'inserted', ...only(link.sequence), link }
  if (link.sequence > place) {
    if (rightful !== null) return { wrong: 'out_of_order', ...only(place), link: rightful }
    const isOfBefore = written === null && origin !== null && origin <= point.sequence
    if (isOfBefore) return { wrong: 'inserted', ...only(link.sequence) }
    return { wrong: 'missing', sequence: place, until: link.sequence - 1 }
  }
  if (rightful !== null) {
    if (isMoved) return { wrong: 'out_of_order', ...only(place) }
    return { wrong: 'inserted', sequence: place, until: rightful.sequence - 1 }
  }
  return ofForeign(stuck, traces, written)
}

/** Something stands there, and what belongs there stands nowhere. */
function ofForeign({ chain, point, link }: Stuck, { origin, hasTwin, next }: Traces, written: number | null): Broken {
  const place = point.sequence + 1
  if (hasTwin) return { wrong: 'inserted', ...only(place) }
  // Pushed down by rows that were sealed as if they belonged there.
  if (written !== null && written < place) return { wrong: 'inserted', sequence: written, until: point.sequence }
  if (written !== null && written > place) {
    if (origin !== null) return { wrong: 'out_of_order', ...only(place) }
    return { wrong: 'missing', sequence: place, until: written - 1 }
  }
  const isFirst = point.sequence === CHAIN_START.sequence
  const nextKnows = next?.previous === chain.hashOf({ ...link, previous: point.hash })
  // It is as it was written, after another row than the one that is before it now: that one was sealed anew.
  if (written === place && !isFirst && !nextKnows) return { wrong: 'changed', ...only(point.sequence) }
  return { wrong: 'changed', ...only(place) }
}

function look(source: ChainSource, { chain, point, link }: Stuck): Traces {
  const place = point.sequence + 1
  let traces: Traces = {
    rightful: null,
    origin: link.previous === CHAIN_START.hash ? CHAIN_START.sequence : null,
    hasTwin: false,
    next: null,
  }
  let isNext = false
  for (const links of source.pages()) {
    for (const row of links) {
      if (isNext) traces = { ...traces, next: row }
      isNext = isSame(row, link) && row.sequence === link.sequence
      if (row.previous === point.hash && isWrittenFor(chain, row, place)) traces = { ...traces, rightful: row }
      if (row.hash === link.previous) traces = { ...traces, origin: row.sequence }
      if (!isNext && isSame(row, link)) traces = { ...traces, hasTwin: true }
    }
  }
  return traces
}

/** Whether a row that stands where it belongs was written there, but for one thing that is another now. */
function isOfPlace({ chain, point, link }: Stuck): boolean {
  return link.previous === point.hash || chain.hashOf({ ...link, previous: point.hash }) === link.hash
}

function isSame(row: ChainLink, other: ChainLink): boolean {
  return row.hash === other.hash && row.previous === other.previous && row.body === other.body
}

/** The place that a row was written for, nearest first; null where there is none: it is not as it was written. */
function placeOf({ chain, link }: Stuck): number | null {
  for (let away = 0; away <= FARTHEST; away += 1) {
    const place = [link.sequence + away, link.sequence - away].find((each) => isWrittenFor(chain, link, each))
    if (place !== undefined) return place
  }
  return null
}

function isWrittenFor(chain: Chain, link: ChainLink, sequence: number): boolean {
  return chain.hashOf({ ...link, sequence }) === link.hash
}

function only(sequence: number): Pick<Broken, 'sequence' | 'until'> {
  return { sequence, until: sequence }
}
