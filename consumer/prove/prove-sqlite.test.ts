import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { entry } from '../../test/consumer-entry.ts'
import { KEPT_OUT } from '../../test/passable.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { findUser } from './find-user.ts'
import { OutOfReach, type Proving } from './proof.ts'
import { checkInThread, proveSqlite } from './prove-sqlite.ts'

const CHECKER = new URL('./check-sqlite.ts', import.meta.url)
const MAKE = `import Database from 'better-sqlite3'
const database = new Database(process.argv[1])
database.exec('CREATE TABLE orders (id INTEGER PRIMARY KEY, text TEXT); CREATE INDEX by_text ON orders (text)')
const insert = database.prepare('INSERT INTO orders (text) VALUES (?)')
database.transaction(() => { for (let row = 0; row < 2000; row += 1) insert.run('order '.repeat(20) + row) })()
database.close()`
const IS_ROOT = process.getuid?.() === 0

function made(directory: string): string {
  const path = join(directory, 'shop.db')
  const args = ['--input-type=module', '-e', MAKE, path]
  execFileSync(process.execPath, args, { cwd: fileURLToPath(new URL('.', import.meta.url)) })
  return path
}

test('inside Electron a database is checked in a thread, which finds what a program of its own finds', async () => {
  await using directory = temporaryDirectory()
  const path = made(directory.path)
  const { signal } = new AbortController()
  expect(await checkInThread(CHECKER, path, signal)).toBe('')
  writeSync(openSync(path, 'r+'), Buffer.alloc(4096, 0xff), 0, 4096, 40_960)
  const found = await checkInThread(CHECKER, path, signal)
  expect(found).not.toBe('')
  const program = execFileSync(process.execPath, [fileURLToPath(CHECKER), path], { encoding: 'utf8' })
  expect(found).toBe(program.trim())
})

test('a checker that cannot be started is said, and one that is not waited for ends', async () => {
  const { signal } = new AbortController()
  const missing = new URL('./no-checker.ts', import.meta.url)
  expect(await checkInThread(missing, '/nothing', signal)).toContain('SQLite could not check it')
  const stop = new AbortController()
  const checked = checkInThread(CHECKER, '/nothing', stop.signal)
  stop.abort()
  expect(await checked).toBe('')
})

async function proving(place: string): Promise<Proving> {
  chmodSync(place, 0o755)
  const directory = join(place, 'restored')
  mkdirSync(join(directory, 'closed'), { recursive: true })
  made(join(directory, 'closed'))
  if (IS_ROOT) chmodSync(join(directory, 'closed'), 0o500)
  const unprivileged = await findUser(IS_ROOT ? 'nobody' : null)
  const { signal } = new AbortController()
  return { entry: entry({ type: 'sqlite' }), directory, beside: join(place, 'p'), mark: {}, unprivileged, signal }
}

describe.skipIf(KEPT_OUT !== '')(`by a user without rights${KEPT_OUT}`, () => {
  // @security Control plane and consumers: A restored database of SQLite is opened without rights of root.
  test('a database is checked without rights, also in a closed folder', async () => {
    await using place = temporaryDirectory()
    const restored = await proving(place.path)
    expect((await proveSqlite(restored, CHECKER)).details).toEqual({ databases: 1 })
    const checker = join(place.path, 'who.mjs')
    writeFileSync(checker, 'if (process.argv[2]) console.log(process.getuid())')
    const uid = restored.unprivileged.user?.uid ?? process.getuid?.()
    expect(uid).not.toBe(0)
    await expect(proveSqlite(restored, pathToFileURL(checker))).rejects.toThrow(`closed/shop.db: ${uid}`)
  })

  test.runIf(IS_ROOT)('a checker that its user cannot read says nothing of the backup', async () => {
    await using place = temporaryDirectory()
    const restored = await proving(place.path)
    const checker = join(place.path, 'who.mjs')
    writeFileSync(checker, '', { mode: 0o600 })
    const proven = proveSqlite(restored, pathToFileURL(checker))
    await expect(proven).rejects.toThrow(OutOfReach)
    await expect(proven).rejects.toThrow(`The user nobody cannot start ${process.execPath} with ${checker}`)
  })
})
