import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { relative } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { runProgram } from '../../engine/process/program.ts'
import { plainEnvironment } from './as-user.ts'
import { type Proof, ProofFailed, type Proving } from './proof.ts'
import { walkFiles } from './walk-files.ts'

/** How every SQLite database begins (its file format, §1.3). */
const MAGIC = Buffer.from('SQLite format 3\0')

/** A packed desktop console refuses to be a Node for anybody, itself included: there the checker gets a thread. */
const isNode = process.versions['electron'] === undefined

/**
 * SQLite's integrity check of every database that is found by what it begins with, each in a process of its own where there can be one. Throws `ProofFailed`, also
 * where there is none: then there is nothing that was proven.
 */
export async function proveSqlite(proving: Proving, checker: URL): Promise<Proof> {
  const { directory, signal } = proving
  let databases = 0
  const wrong: string[] = []
  for await (const path of walkFiles(directory, signal)) {
    if (!(await isDatabase(path))) continue
    databases += 1
    const found = isNode ? await checkByProgram(checker, path, proving) : await checkInThread(checker, path, signal)
    signal.throwIfAborted()
    if (found !== '') wrong.push(`${relative(directory, path)}: ${found}`)
  }
  if (wrong.length > 0) throw new ProofFailed(wrong.join('\n'))
  if (databases === 0) throw new ProofFailed('There is no SQLite database in what was restored.')
  return { postgresVersion: null, details: { databases } }
}

async function checkByProgram(checker: URL, path: string, { mark, signal }: Proving): Promise<string> {
  const end = await runProgram({
    tool: 'node',
    secrets: [],
    file: process.execPath,
    args: [fileURLToPath(checker), path],
    env: plainEnvironment(mark),
    signal,
  })
  return end.stdout.trim() || (end.exitCode === 0 ? '' : `SQLite could not check it: ${end.stderrTail.trim()}`)
}

/** The same checker in a thread of this process; empty where nothing is wrong. It ends with the signal. */
export async function checkInThread(checker: URL, path: string, signal: AbortSignal): Promise<string> {
  const worker = new Worker(checker, { argv: [path], env: {}, stdout: true })
  const end = (): void => void worker.terminate()
  signal.addEventListener('abort', end)
  try {
    const failed = once(worker, 'error').then(([error]: unknown[]) => `SQLite could not check it: ${String(error)}`)
    return (await Promise.race([text(worker.stdout), failed])).trim()
  } finally {
    signal.removeEventListener('abort', end)
    await worker.terminate()
  }
}

async function isDatabase(path: string): Promise<boolean> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0)
  return bytesRead === MAGIC.length && buffer.equals(MAGIC)
}
