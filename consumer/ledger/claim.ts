import Database from 'better-sqlite3'
import { Fault } from '../../contract/errors.ts'

/**
 * Hold a consumer's data for this process alone: two at work would restore everything twice. The lock is SQLite's, so the system frees it
 * however the process ends. Throws `conflict` (`data_directory_in_use`).
 */
export function claim(lockFile: string): Disposable {
  const lock = new Database(lockFile, { timeout: 0 })
  try {
    lock.pragma('locking_mode = EXCLUSIVE')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    if (!(cause instanceof Database.SqliteError) || cause.code !== 'SQLITE_BUSY') throw cause
    throw new Fault('conflict', { what: 'data_directory_in_use', detail: lockFile }, { cause })
  }
  return { [Symbol.dispose]: () => lock.close() }
}
