/** A PNG image of colours that run into each other, not compressed: for a file that is one. */
export function pictureBytes(width: number, height: number): Uint8Array {
  const rows = Array.from({ length: height }, (_, y) => [
    0,
    ...Array.from({ length: width }, (_, x) => [
      Math.round((255 * x) / width),
      Math.round((255 * y) / height),
      (x ^ y) & 255,
    ]).flat(),
  ])
  const header = [...number32(width), ...number32(height), 8, 2, 0, 0, 0]
  return Uint8Array.from([
    ...SIGNATURE,
    ...chunk('IHDR', header),
    ...chunk('IDAT', stored(rows.flat())),
    ...chunk('IEND', []),
  ])
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

function chunk(type: string, data: readonly number[]): number[] {
  const body = [...[...type].map((letter) => letter.charCodeAt(0)), ...data]
  return [...number32(data.length), ...body, ...number32(cyclicRedundancy(body))]
}

const STORED_LIMIT = 0xffff

/** A zlib stream whose blocks are stored as they are. */
function stored(data: readonly number[]): number[] {
  const stream = [0x78, 0x01]
  for (let at = 0; at < data.length; at += STORED_LIMIT) {
    const block = data.slice(at, at + STORED_LIMIT)
    const { length } = block
    const isLast = at + STORED_LIMIT >= data.length ? 1 : 0
    stream.push(isLast, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255)
    for (const byte of block) stream.push(byte)
  }
  return [...stream, ...number32(adler(data))]
}

function number32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
}

function cyclicRedundancy(data: readonly number[]): number {
  let remainder = 0xffffffff
  for (const byte of data) {
    remainder ^= byte
    for (let bit = 0; bit < 8; bit += 1) remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1
  }
  return ~remainder >>> 0
}

function adler(data: readonly number[]): number {
  let low = 1
  let high = 0
  for (const byte of data) {
    low = (low + byte) % 65_521
    high = (high + low) % 65_521
  }
  return ((high << 16) | low) >>> 0
}
