import type { Backend } from '../native/backend.ts'
import type { MadeFiles } from './excerpt-files.ts'

/** A repository as it is, and beside its files some that are only in memory. */
export function withMadeFiles(backend: Backend, files: MadeFiles): Backend {
  const madeIn = (folder: string): ReadonlyMap<string, Buffer> | undefined => files[folder as keyof MadeFiles]
  return {
    list: async (folder, reading) => [...(await backend.list(folder, reading)), ...(madeIn(folder)?.keys() ?? [])],
    sizes: async (folder, reading) => {
      const sizes = new Map(await backend.sizes(folder, reading))
      for (const [id, content] of madeIn(folder) ?? []) sizes.set(id, content.length)
      return sizes
    },
    readConfig: (reading) => backend.readConfig(reading),
    read: async (folder, id, reading) => madeIn(folder)?.get(id) ?? (await backend.read(folder, id, reading)),
    readRange: async (packId, offset, length, reading) =>
      files.data.get(packId)?.subarray(offset, offset + length) ??
      (await backend.readRange(packId, offset, length, reading)),
  }
}
