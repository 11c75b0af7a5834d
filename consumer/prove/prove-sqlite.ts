import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { relative } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { runProgram } from '../../engine/process/program.ts'
import { asUser, plainEnvironment } from './as-user.ts'
import { handOver } from './hand-over.ts'
import { OutOfReach, type Proof, ProofFailed, type Proving } from './proof.ts'
import { walkFiles } from './walk-files.ts'

/** How every SQLite database begins (its file format, §1.3). */
const MAGIC = Buffer.from('SQLite format 3\0')

/** A packed desktop console refuses to be a Node for anybody, itself included: there the checker gets a thread. */
const isNode = process.versions['electron'] === undefined

/**
 * SQLite's integrity check of every database that is found by what it begins with, each in a process of its own and without rights, where there can
 * be one: a journal beside a database has SQLite write, and names what is deleted. Throws `OutOfReach`; `ProofFailed`, also where there is no
 * database: then there is nothing that was proven.
 */
export async function proveSqlite(proving: Proving, checker: URL): Promise<Proof> {
  const { directory, signal } = proving
  const databases: string[] = []
  for await (const path of walkFiles(directory, signal)) if (await isDatabase(path)) databases.push(path)
  if (databases.length === 0) throw new ProofFailed('There is no SQLite database in what was restored.')
  if (isNode) await letIn(proving, checker)
  const wrong: string[] = []
  for (const path of databases) {
    const found = isNode ? await checkByProgram(checker, path, proving) : await checkInThread(checker, path, signal)
    signal.throwIfAborted()
    if (found !== '') wrong.push(`${relative(directory, path)}: ${found}`)
  }
  if (wrong.length > 0) throw new ProofFailed(wrong.join('\n'))
  return { postgresVersion: null, details: { databases: databases.length } }
}

/** Give what was restored to whoever checks it, and see that they can start the checker. */
async function letIn(proving: Proving, checker: URL): Promise<void> {
  const { directory, unprivileged } = proving
  if (unprivileged.user === null) return
  await handOver(proving, ['-R', 'u+rwX'], directory, [directory])
  // It checks an empty database where none is named.
  const { exitCode, stdout, stderrTail } = await runChecker(checker, [], proving)
  if (exitCode === 0 && stdout === '') return
  throw new OutOfReach(
    `The user ${unprivileged.user.name} cannot start ${process.execPath} with ${fileURLToPath(checker)}: have both where everybody may pass. ${stderrTail.trim()}`,
  )
}

async function checkByProgram(checker: URL, path: string, proving: Proving): Promise<string> {
  const end = await runChecker(checker, [path], proving)
  return end.stdout.trim() || (end.exitCode === 0 ? '' : `SQLite could not check it: ${end.stderrTail.trim()}`)
}

function runChecker(
  checker: URL,
  paths: readonly string[],
  { mark, unprivileged, signal }: Proving,
): ReturnType<typeof runProgram> {
  const args = [fileURLToPath(checker), ...paths]
  const program = { file: process.execPath, args, cwd: '/', env: plainEnvironment(mark) }
  return runProgram({ tool: 'node', secrets: [], ...asUser(program, unprivileged), signal })
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
