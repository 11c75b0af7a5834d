/** 64 hexadecimal digits that always follow from `seed`, as the ids of snapshots and trees look. */
export function hexId(seed: string): string {
  return Array.from({ length: 8 }, (_, part) => scramble(`${part}:${seed}`).toString(16).padStart(8, '0')).join('')
}

/** A UUID that always follows from `seed`. */
export function uuidOf(seed: string): string {
  const hex = hexId(seed)
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

/** FNV-1a with a final avalanche: enough to look random, and the same every time. */
export function scramble(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d)
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b)
  return (hash ^ (hash >>> 16)) >>> 0
}
