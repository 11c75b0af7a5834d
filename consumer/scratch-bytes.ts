import { opendir, stat } from 'node:fs/promises'
import { join } from 'node:path'

const BLOCK = 512

/** Bytes that are taken on the disk below a folder; what goes away meanwhile is not counted. */
export async function scratchBytes(directory: string): Promise<number> {
  let bytes = 0
  const waiting = [directory]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    try {
      for await (const item of await opendir(next)) {
        const path = join(next, item.name)
        if (item.isDirectory()) waiting.push(path)
        else if (item.isFile()) bytes += ((await stat(path)).blocks ?? 0) * BLOCK
      }
    } catch {
      // It was just deleted.
    }
  }
  return bytes
}
