/** Bytes that do not compress, the same ones for the same seed. */
export function noise(seed: number, length: number): Buffer {
  let state = seed + 1
  const next = () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9
    return state >>> 24
  }
  return Buffer.from(Uint8Array.from({ length }, next))
}
