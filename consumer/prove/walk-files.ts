import { opendir } from 'node:fs/promises'
import { join } from 'node:path'

/** Every file below a folder, links not followed. A name that is not UTF-8 is given as Node reads it. */
export async function* walkFiles(directory: string, signal: AbortSignal): AsyncGenerator<string> {
  const waiting = [directory]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    signal.throwIfAborted()
    for await (const item of await opendir(next)) {
      const path = join(next, item.name)
      if (item.isDirectory()) waiting.push(path)
      else if (item.isFile()) yield path
    }
  }
}
