import { open } from 'node:fs/promises'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runProgram } from '../../engine/process/program.ts'
import { plainEnvironment } from './as-user.ts'
import { type Proof, ProofFailed, type Proving } from './proof.ts'
import { walkFiles } from './walk-files.ts'

/** How every SQLite database begins (its file format, §1.3). */
const MAGIC = Buffer.from('SQLite format 3\0')

/**
 * SQLite's integrity check of every database that is found by what it begins with, each in a process of its own. Throws `ProofFailed`, also
 * where there is none: then there is nothing that was proven.
 */
export async function proveSqlite(proving: Proving, checker: URL): Promise<Proof> {
  const { directory, mark, signal } = proving
  let databases = 0
  const wrong: string[] = []
  for await (const path of walkFiles(directory, signal)) {
    if (!(await isDatabase(path))) continue
    databases += 1
    const end = await runProgram({
      tool: 'node',
      secrets: [],
      file: process.execPath,
      args: [fileURLToPath(checker), path],
      env: plainEnvironment(mark),
      signal,
    })
    signal.throwIfAborted()
    const found = end.stdout.trim() || (end.exitCode === 0 ? '' : `SQLite could not check it: ${end.stderrTail.trim()}`)
    if (found !== '') wrong.push(`${relative(directory, path)}: ${found}`)
  }
  if (wrong.length > 0) throw new ProofFailed(wrong.join('\n'))
  if (databases === 0) throw new ProofFailed('There is no SQLite database in what was restored.')
  return { postgresVersion: null, details: { databases } }
}

async function isDatabase(path: string): Promise<boolean> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0)
  return bytesRead === MAGIC.length && buffer.equals(MAGIC)
}
