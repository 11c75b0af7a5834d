import { createHash } from 'node:crypto'
import { zstdDecompressSync } from 'node:zlib'
import type { BlobPlace } from './blob-table.ts'
import { DamagedFile } from './damaged-file.ts'
import { ENVELOPE_BYTES, openFile, type ReadyKey } from './envelope.ts'

const SMALLEST_CHUNK = 64
/** An index file is smaller, so that it comes in one piece too. */
const LARGEST_CHUNK = 1 << 24

/** Bytes of a blob's text, as the index has it. */
export function plainLengthOf({ length, plainLength }: BlobPlace): number {
  return plainLength === 0 ? Math.max(0, length - ENVELOPE_BYTES) : plainLength
}

/** Throws `DamagedFile` for a place that no blob of at most `largest` bytes can have, before any memory is taken for it. */
export function checkPlace({ packId, length, plainLength }: BlobPlace, largest: number): void {
  if (length >= ENVELOPE_BYTES && Math.max(length - ENVELOPE_BYTES, plainLength) <= largest) return
  throw new DamagedFile(`data/${packId}`, 'the index gives something in it a size that nothing has')
}

/** A blob's text from what lies at its place, verified to be what its id says. Throws `DamagedFile`. */
export function openBlob(key: ReadyKey, id: string, { packId, plainLength }: BlobPlace, sealed: Buffer): Buffer {
  const file = `data/${packId}`
  const text = openFile(key, sealed, file)
  const plain = plainLength === 0 ? text : decompress(text, file, plainLength)
  if (createHash('sha256').update(plain).digest('hex') === id) return plain
  throw new DamagedFile(file, 'something in it is not what its id says')
}

/** Throws `DamagedFile` for what cannot be decompressed, or to more than `limit` bytes. */
export function decompress(text: Buffer, file: string, limit: number): Buffer {
  // One piece of the right size where it is known: Node's own choice, 16 KiB, is ten times a tree.
  const chunkSize = Math.max(SMALLEST_CHUNK, Math.min(limit + 1, LARGEST_CHUNK))
  try {
    return zstdDecompressSync(text, { maxOutputLength: Math.max(limit, 1), chunkSize })
  } catch (cause) {
    throw new DamagedFile(file, 'it cannot be decompressed', { cause })
  }
}
