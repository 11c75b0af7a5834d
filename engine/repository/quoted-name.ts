const SIMPLE: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  "'": 39,
  '\\': 92,
}
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([abtnvfr"'\\]))/y

/**
 * The bytes of a node's name. restic stores it as Go's `strconv.Quote` writes it, without the outer quotes: bytes that
 * are not UTF-8 are `\xe9`, what cannot be printed is `\n` or `\u00a0`. Throws a RangeError for an unknown escape.
 */
export function unquote(quoted: string): Buffer {
  if (!quoted.includes('\\')) return Buffer.from(quoted, 'utf8')
  const parts: Buffer[] = []
  for (let at = 0; at < quoted.length; ) {
    const backslash = quoted.indexOf('\\', at)
    const plainEnd = backslash === -1 ? quoted.length : backslash
    parts.push(Buffer.from(quoted.slice(at, plainEnd), 'utf8'))
    if (backslash === -1) break
    ESCAPE.lastIndex = backslash
    const escape = ESCAPE.exec(quoted)
    if (!escape) throw new RangeError('an escape that Go does not write')
    parts.push(bytesOf(escape))
    at = backslash + escape[0].length
  }
  return Buffer.concat(parts)
}

function bytesOf([, byte, short, long, octal, simple]: RegExpExecArray): Buffer {
  if (byte !== undefined) return Buffer.from([Number.parseInt(byte, 16)])
  if (octal !== undefined) return Buffer.from([Number.parseInt(octal, 8)])
  if (simple !== undefined) return Buffer.from([SIMPLE[simple] ?? 0])
  return Buffer.from(String.fromCodePoint(Number.parseInt(short ?? long ?? '', 16)), 'utf8')
}
