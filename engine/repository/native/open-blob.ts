import { createHash } from 'node:crypto'
import { zstdDecompressSync } from 'node:zlib'
import type { BlobPlace } from './blob-table.ts'
import { DamagedFile } from './damaged-file.ts'
import { ENVELOPE_BYTES, openFile, type ReadyKey } from './envelope.ts'

const SMALLEST_CHUNK = 64
/**
 * Every index file fits in, so that it comes in one piece. What a file does not fill is never touched; and glibc gives back
 * at once what was larger than 32 MiB, where a smaller one, given back, has it keep all that are as small from then on.
 */
const LARGEST_CHUNK = 1 << 26
/** What JSON is packed to at best, ids being most of it: a larger one takes several pieces. */
const LIKELY_RATIO = 32

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
  const plain = plainLength === 0 ? text : decompress(text, file, { limit: plainLength, likely: plainLength })
  if (createHash('sha256').update(plain).digest('hex') === id) return plain
  throw new DamagedFile(file, 'something in it is not what its id says')
}

/** As `decompress`, for a file of which nothing says how long it is. Throws `DamagedFile`. */
export function decompressFile(text: Buffer, file: string, limit: number): Buffer {
  return decompress(text, file, { limit, likely: text.length * LIKELY_RATIO })
}

/** Throws `DamagedFile` for what cannot be decompressed, or to more than `limit` bytes. */
function decompress(text: Buffer, file: string, { limit, likely }: { limit: number; likely: number }): Buffer {
  // One piece of the right size where it is known: Node's own choice, 16 KiB, is ten times a tree.
  const chunkSize = Math.max(SMALLEST_CHUNK, Math.min(likely + 1, LARGEST_CHUNK))
  try {
    return zstdDecompressSync(text, { maxOutputLength: Math.max(limit, 1), chunkSize })
  } catch (cause) {
    throw new DamagedFile(file, 'it cannot be decompressed', { cause })
  }
}
