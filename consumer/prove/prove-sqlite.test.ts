import { execFileSync } from 'node:child_process'
import { openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { checkInThread } from './prove-sqlite.ts'

const CHECKER = new URL('./check-sqlite.ts', import.meta.url)
const MAKE = `import Database from 'better-sqlite3'
const database = new Database(process.argv[1])
database.exec('CREATE TABLE orders (id INTEGER PRIMARY KEY, text TEXT); CREATE INDEX by_text ON orders (text)')
const insert = database.prepare('INSERT INTO orders (text) VALUES (?)')
database.transaction(() => { for (let row = 0; row < 2000; row += 1) insert.run('order '.repeat(20) + row) })()
database.close()`

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
