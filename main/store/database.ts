import { closeSync, existsSync, openSync, renameSync } from 'node:fs'
import Database from 'better-sqlite3'
import { Fault } from '../../contract/errors.ts'
import { migrations } from './migrations.ts'

export interface OpenedDatabase {
  readonly database: Database.Database
  /** Where a file that could not be read was moved to; null when there was no such file. */
  readonly movedAside: string | null
}

/**
 * Open the console's database, brought up to this version. A damaged file is moved aside, not deleted, and an empty
 * one takes its place: runs and audit are kept by the agents too, and hosts can be enrolled again. Throws
 * `version_mismatch` for a file that a newer console has written.
 */
export function openDatabase(file: string, now: Date): OpenedDatabase {
  try {
    return { database: openChecked(file), movedAside: null }
  } catch (error) {
    if (!isDamage(error)) throw error
    const movedAside = `${file}.damaged-${now.toISOString().replaceAll(':', '')}`
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(file + suffix)) renameSync(file + suffix, movedAside + suffix)
    }
    return { database: openChecked(file), movedAside }
  }
}

/** A file that SQLite opens and that is not what it should be. */
export class Damaged extends Error {
  override readonly name = 'Damaged'
}

function openChecked(file: string): Database.Database {
  // SQLite gives its own files, the write-ahead log too, the mode of the one it finds.
  closeSync(openSync(file, 'a', 0o600))
  const database = new Database(file)
  try {
    database.pragma('journal_mode = WAL')
    // An audit row must be on the disk before what it announces is done; there are few writes to wait for.
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    // KiB, taken when they are needed: to go through a hundred thousand runs again without reading them again.
    database.pragma('cache_size = -65536')
    const verdict = database.pragma('quick_check(1)', { simple: true })
    if (verdict !== 'ok') throw new Damaged(String(verdict))
    migrate(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function migrate(database: Database.Database): void {
  const version = Number(database.pragma('user_version', { simple: true }))
  if (version > migrations.length) {
    throw new Fault('version_mismatch', { ours: `database ${migrations.length}`, theirs: `database ${version}` })
  }
  for (const [at, step] of migrations.entries()) {
    if (at < version) continue
    database.transaction(() => {
      if (typeof step === 'string') database.exec(step)
      else step(database)
      database.pragma(`user_version = ${at + 1}`)
    })()
  }
}

/** A file that cannot be read as what it should be; not one that could not be reached or written. */
export function isDamage(error: unknown): boolean {
  if (error instanceof Damaged) return true
  return error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)
}
