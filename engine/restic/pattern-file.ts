import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { patternLine } from './patterns.ts'

export interface PatternFile extends AsyncDisposable {
  readonly path: string
}

/** The folders of pattern files begin so; one that a crash left behind in the system's temporary folder may go. */
export const PATTERN_FOLDER = 'restore-patterns-'

/**
 * A pattern file for some snapshot paths, readable by us alone and gone with its owner. A file and no arguments: names
 * are bytes, and an argument list is UTF-8 and can be read by everyone on the host.
 */
export async function writePatternFile(paths: readonly string[]): Promise<PatternFile> {
  const folder = await mkdtemp(join(tmpdir(), PATTERN_FOLDER))
  const file: PatternFile = {
    path: join(folder, 'patterns'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
  try {
    await writeFile(file.path, Buffer.concat(paths.map(patternLine)), { mode: 0o600, flag: 'wx' })
    return file
  } catch (error) {
    await file[Symbol.asyncDispose]()
    throw error
  }
}
