// Which characters of a bundled file came from which source (ECMA-426).

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]))

/**
 * @typedef {{ readonly sources: readonly (string | null)[], readonly mappings: string }} SourceMapText
 */

/**
 * The text of a bundled file by the source that it came from; under null what has none. Each piece goes from one mapping
 * to the next, over the ends of lines as well, so that all of the file is in it, and nothing twice.
 * @param {string} code
 * @param {SourceMapText} map
 * @returns {Map<string | null, string>}
 */
export function textBySource(code, { sources, mappings }) {
  /** @type {Map<string | null, string[]>} */
  const pieces = new Map()
  const add = (/** @type {string | null} */ source, /** @type {string} */ text) => {
    if (text === '') return
    const own = pieces.get(source)
    if (own === undefined) pieces.set(source, [text])
    else own.push(text)
  }
  const mapped = mappings.split(';')
  let sourceIndex = 0
  /** @type {string | null} */
  let source = null
  for (const [at, line] of code.split(/(?<=\n)/).entries()) {
    let column = 0
    let from = 0
    for (const segment of (mapped[at] ?? '').split(',').filter(Boolean)) {
      const [step = 0, sourceStep] = decode(segment)
      column += step
      add(source, line.slice(from, column))
      from = column
      if (sourceStep !== undefined) sourceIndex += sourceStep
      source = sourceStep === undefined ? null : (sources[sourceIndex] ?? null)
    }
    add(source, line.slice(from))
  }
  return new Map([...pieces].map(([source, texts]) => [source, texts.join('')]))
}

/**
 * The numbers of one segment, each with its sign in the lowest bit.
 * @param {string} segment
 * @returns {number[]}
 */
function decode(segment) {
  /** @type {number[]} */
  const numbers = []
  let value = 0
  let shift = 0
  for (const character of segment) {
    const digit = VALUES.get(character)
    if (digit === undefined) throw new Error(`not a source map: "${character}" in its mappings`)
    value += (digit & 31) << shift
    shift += 5
    if (digit & 32) continue
    numbers.push(value & 1 ? -(value >>> 1) : value >>> 1)
    value = 0
    shift = 0
  }
  return numbers
}
