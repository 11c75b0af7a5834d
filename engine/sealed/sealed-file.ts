import type { KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { replacePrivateFile } from './private-file.ts'
import { openSealed, sealText } from './sealed-text.ts'

/** The text sealed in the file at `path`; undefined when there is no file. Throws as `openSealed` does. */
export function readSecretsFile(path: string, key: KeyObject): string | undefined {
  const sealed = readIfThere(path)
  return sealed === undefined ? undefined : openSealed(key, sealed, path)
}

/**
 * Seal `text` in the file at `path`, readable by its owner alone. The file is replaced whole or not at all, also when
 * the power fails. Synchronous: it is small, and the journal's row must not be written before it.
 */
export function writeSecretsFile(path: string, key: KeyObject, text: string): void {
  replacePrivateFile(path, sealText(key, text))
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
