import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { patternLine } from './patterns.ts'

export interface PatternFile extends AsyncDisposable {
  readonly path: string
}

/**
 * A pattern file for some snapshot paths, readable by us alone and gone with its owner. A file and no arguments: names
 * are bytes, and an argument list is UTF-8 and can be read by everyone on the host. What a crash leaves behind, the
 * system sweeps with its temporary files.
 */
export async function writePatternFile(paths: readonly string[]): Promise<PatternFile> {
  const folder = await mkdtemp(join(tmpdir(), 'restore-patterns-'))
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
