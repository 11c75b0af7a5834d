import { lstat } from 'node:fs/promises'
import { fileNameToBytes } from '../../engine/file-name.ts'

/** Those of the paths that are not on this host. One that only cannot be looked at is there. */
export async function missingPaths(paths: readonly string[]): Promise<ReadonlySet<string>> {
  const missing = new Set<string>()
  for (const path of paths) if (await isMissing(path)) missing.add(path)
  return missing
}

async function isMissing(path: string): Promise<boolean> {
  try {
    await lstat(fileNameToBytes(path))
    return false
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return code === 'ENOENT' || code === 'ENOTDIR'
  }
}
