import { createHash } from 'node:crypto'

import type { ExcerptTrees } from './excerpt-trees.ts'

/** Files of a repository that are nowhere but in memory, by folder and id. */
export type MadeFiles = Readonly<Record<'data' | 'index' | 'snapshots', ReadonlyMap<string, Buffer>>>

export interface ExcerptFiles {
  readonly snapshotId: string
  readonly files: MadeFiles
}

/** Bytes of a pack: as large as restic makes them. */
const PACK_SIZE = 16 * 2 ** 20

interface Blob {
  readonly id: string
  readonly type: 'tree'
  readonly offset: number
  readonly length: number
}

/**
 * An excerpt's listings, an index of them and a snapshot, as a repository has them (restic's `doc/design.rst`), each sealed
 * by `seal`. Nothing is compressed, which both formats allow. `time` is the snapshot's, RFC 3339.
 */
export function excerptFiles(
  { rootId, made }: ExcerptTrees,
  time: string,
  seal: (text: Buffer) => Buffer,
): ExcerptFiles {
  const data = new Map<string, Buffer>()
  const packs: { id: string; blobs: readonly Blob[] }[] = []
  for (const { content, blobs } of packsOf(made, seal)) {
    const id = idOf(content)
    data.set(id, content)
    packs.push({ id, blobs })
  }
  const index = seal(Buffer.from(JSON.stringify({ packs })))
  const snapshot = seal(Buffer.from(JSON.stringify({ time, tree: rootId, paths: ['/'], hostname: 'excerpt' })))
  const snapshotId = idOf(snapshot)
  return {
    snapshotId,
    files: { data, index: new Map([[idOf(index), index]]), snapshots: new Map([[snapshotId, snapshot]]) },
  }
}

function* packsOf(
  made: ExcerptTrees['made'],
  seal: (text: Buffer) => Buffer,
): Generator<{ readonly content: Buffer; readonly blobs: readonly Blob[] }> {
  let parts: Buffer[] = []
  let blobs: Blob[] = []
  let offset = 0
  for (const [id, listing] of made) {
    const sealed = seal(listing)
    parts.push(sealed)
    blobs.push({ id, type: 'tree', offset, length: sealed.length })
    offset += sealed.length
    if (offset < PACK_SIZE) continue
    yield { content: Buffer.concat(parts), blobs }
    parts = []
    blobs = []
    offset = 0
  }
  if (blobs.length > 0) yield { content: Buffer.concat(parts), blobs }
}

/** Each file's name is what is in it. */
function idOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
