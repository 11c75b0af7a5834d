import type { StoredNode } from './stored-node.ts'
import type { TreeReader } from './tree-reader.ts'

export interface ContentsOptions {
  /** Bytes from the file's beginning. */
  readonly limit: number
  readonly signal?: AbortSignal | undefined
}

/**
 * The beginning of a file in a snapshot, `limit` bytes or all there are. Reads no more pieces than that takes. Throws as
 * `TreeReader.blob` does.
 */
export async function readContents(
  reader: TreeReader,
  node: StoredNode,
  { limit, signal }: ContentsOptions,
): Promise<Buffer> {
  const pieces: Buffer[] = []
  let read = 0
  for (const id of node.content) {
    if (read >= limit) break
    const piece = await reader.blob(id, { signal })
    pieces.push(piece)
    read += piece.length
  }
  return Buffer.concat(pieces).subarray(0, limit)
}
