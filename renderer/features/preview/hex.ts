const ROW = 16
/** After so many there is a gap. */
const HALF = 8
export const HEX_LIMIT = 4096

/** Bytes as a dump: their place, counted from `start`, their hexadecimal digits, and those that are ASCII as characters. */
export function hexDump(bytes: Uint8Array, start = 0, perRow = ROW): string {
  const rows: string[] = []
  for (let at = 0; at < Math.min(bytes.length, HEX_LIMIT); at += perRow) {
    const row = bytes.subarray(at, Math.min(at + perRow, HEX_LIMIT))
    const digits = Array.from(row, (byte) => byte.toString(16).padStart(2, '0'))
    const halves = [digits.slice(0, HALF), digits.slice(HALF)].filter((half) => half.length > 0)
    const hex = halves
      .map((half) => half.join(' '))
      .join('  ')
      .padEnd(3 * perRow)
    const characters = Array.from(row, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'))
    rows.push(`${(start + at).toString(16).padStart(8, '0')}  ${hex}  ${characters.join('')}`)
  }
  return rows.join('\n')
}
