import { z } from 'zod'
import type { BlobPlace } from './blob-table.ts'
import { DamagedFile } from './damaged-file.ts'
import { ALL_TREES, type BlobChoice, type IndexedBlob, printOf, scanIndex } from './index-scan.ts'

const id = z.string().regex(/^[0-9a-f]{64}$/)
const uint32 = z.number().int().min(0).max(0xffff_ffff)

/** An index file: which blobs lie where in which packs (restic's `doc/design.rst`, "Indexing"). */
const indexFileSchema = z.object({
  packs: z
    .array(
      z.object({
        id,
        blobs: z.array(
          z.object({
            id,
            type: z.enum(['data', 'tree']),
            offset: uint32,
            length: uint32,
            uncompressed_length: uint32.optional(),
          }),
        ),
      }),
    )
    .nullable(),
})

/** Hand over the tree blobs of an index file; data blobs, most of every index, are left out. Throws `DamagedFile`. */
export function readIndexFile(text: Buffer, file: string, onTree: (id: string, place: BlobPlace) => void): void {
  for (const { id, place } of chosenBlobs(text, file, ALL_TREES)) onTree(id, place)
}

/** The blobs chosen of an index file. Throws `DamagedFile`. */
export function chosenBlobs(text: Buffer, file: string, choice: BlobChoice): readonly IndexedBlob[] {
  return scanIndex(text, choice) ?? [...parseIndex(text, file, choice)]
}

/** The same from any JSON, whatever its order, its blanks and what else is in it. */
function* parseIndex(text: Buffer, file: string, choice: BlobChoice): Generator<IndexedBlob> {
  const index = indexFileSchema.safeParse(parse(text, file))
  if (!index.success) throw new DamagedFile(file, 'it is no index')
  for (const pack of index.data.packs ?? []) {
    for (const blob of pack.blobs) {
      const chosen = blob.type === 'tree' ? choice.trees : choice.piece?.(printOf(Buffer.from(blob.id), 0))
      if (chosen !== true) continue
      const { offset, length, uncompressed_length: plainLength = 0 } = blob
      yield { id: blob.id, place: { packId: pack.id, offset, length, plainLength } }
    }
  }
}

function parse(text: Buffer, file: string): unknown {
  try {
    return JSON.parse(text.toString('utf8'))
  } catch (cause) {
    throw new DamagedFile(file, 'it is no JSON', { cause })
  }
}
