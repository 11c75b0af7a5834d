import type { StoredNode } from './stored-node.ts'
import type { TreeReader } from './tree-reader.ts'

export interface ContentsOptions {
  /** Bytes from the file's beginning. */
  readonly limit: number
  readonly signal?: AbortSignal | undefined
}

/**
 * The beginning of a file in a snapshot, `limit` bytes or all there are. Reads no more pieces than that takes. Throws as
 * `TreeReader.contents` does.
 */
export function readContents(reader: TreeReader, node: StoredNode, options: ContentsOptions): Promise<Buffer> {
  return reader.contents(node.content, options)
}
