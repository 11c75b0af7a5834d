// What each part of the console may weigh, and which does not keep to it.

/** @typedef {import('./measure.mjs').PartSize} PartSize */
/** KiB, compressed, by part. @typedef {Readonly<Record<string, number>>} Budget */
/** @typedef {{ readonly part: string, readonly sentence: string }} Breach */

const KIB = 1024
/** What a part may grow by until somebody has to look: a tenth, and for the smallest ones half a KiB. */
const ROOM = 0.1
const LEAST_ROOM = 0.5

/**
 * Parts that weigh more than they may, that no budget names, or that a budget names and that are gone.
 * @param {readonly PartSize[]} sizes
 * @param {Budget} budget
 * @returns {Breach[]}
 */
export function breachesOf(sizes, budget) {
  const grown = sizes.flatMap(({ part, gzip }) => {
    const is = gzip / KIB
    const allowed = budget[part]
    if (allowed === undefined)
      return [{ part, sentence: `${part} is new, with ${shown(is)} compressed, and has no budget.` }]
    if (is <= allowed) return []
    const more = `${shown(is - allowed)} more than its budget of ${shown(allowed)}`
    return [{ part, sentence: `${part} has grown to ${shown(is)} compressed: ${more}.` }]
  })
  const parts = new Set(sizes.map(({ part }) => part))
  const gone = Object.keys(budget).filter((part) => !parts.has(part))
  return [...grown, ...gone.map((part) => ({ part, sentence: `${part} has a budget, and nothing of it is built.` }))]
}

/**
 * The same budget with room for what breaks it, and without what is gone; all others stay as they are.
 * @param {readonly PartSize[]} sizes
 * @param {Budget} budget
 * @returns {Budget}
 */
export function renewed(sizes, budget) {
  const breached = new Set(breachesOf(sizes, budget).map(({ part }) => part))
  const entries = sizes.map(({ part, gzip }) => {
    const is = gzip / KIB
    const kept = breached.has(part) ? undefined : budget[part]
    return /** @type {const} */ ([part, kept ?? roundedUp(is + Math.max(is * ROOM, LEAST_ROOM))])
  })
  return Object.fromEntries(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)))
}

/** @param {number} kib */
function shown(kib) {
  return `${roundedUp(kib).toFixed(1)} KiB`
}

/** @param {number} kib to a tenth */
function roundedUp(kib) {
  return Math.ceil(kib * 10) / 10
}
