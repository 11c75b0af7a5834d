import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Fault } from '../../contract/errors.ts'

/**
 * Hold a data directory for this process alone. The lock is SQLite's on an empty file, so the system frees it however
 * the process ends. Throws `conflict` (`data_directory_in_use`) with the holder's process id.
 */
export function claimDataDirectory(dataDirectory: string): Disposable {
  const holderFile = join(dataDirectory, 'console.pid')
  const lock = new Database(join(dataDirectory, 'console.lock'), { timeout: 0 })
  try {
    lock.pragma('locking_mode = EXCLUSIVE')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    if (!(cause instanceof Database.SqliteError) || cause.code !== 'SQLITE_BUSY') throw cause
    const detail = `process ${readHolder(holderFile)}`
    throw new Fault('conflict', { what: 'data_directory_in_use', detail }, { cause })
  }
  writeFileSync(holderFile, `${process.pid}\n`, { mode: 0o600 })
  return { [Symbol.dispose]: () => lock.close() }
}

function readHolder(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return 'unknown'
  }
}
