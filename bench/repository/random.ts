/** Numbers that look random and are the same on every machine (mulberry32). */
export interface Random {
  /** 0 ≤ n < `below`, whole. */
  below(below: number): number
  one<T>(choices: readonly T[]): T
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    one(choices) {
      const chosen = choices[below(choices.length)]
      if (chosen === undefined) throw new RangeError('nothing to choose from')
      return chosen
    },
  }
}
