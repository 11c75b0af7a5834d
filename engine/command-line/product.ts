import { existsSync, readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { dirname, join } from 'node:path'
import { z } from 'zod'

/** The version of this product, as its manifest has it. */
export function productVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(manifestPath(), 'utf8'))
  return z.object({ version: z.string() }).parse(manifest).version
}

/** Where restic is looked for when nobody says: the system's own first, then the one that the set-up puts beside the sources. */
export function usualRestics(): readonly string[] {
  const own = join(dirname(manifestPath()), '.tools/bin/restic')
  return existsSync(own) ? ['restic', own] : ['restic']
}

/** Above the sources as above the few files that a package has of them, however deep they lie. */
function manifestPath(): string {
  const path = findPackageJSON(import.meta.url)
  if (path === undefined) throw new Error(`There is no package.json above ${import.meta.filename}.`)
  return path
}
