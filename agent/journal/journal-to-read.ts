import { existsSync } from 'node:fs'
import SqliteDatabase from 'better-sqlite3'
import { Fault } from '../../contract/errors.ts'
import { AuditSegments } from './audit-segments.ts'
import { AuditStore } from './audit-store.ts'
import { reasonOf } from './journal-trouble.ts'
import { segmentsBeside } from './open-journal.ts'
import { SettingStore } from './setting-store.ts'

/** What can be read of a journal whose agent does not run. */
export interface JournalToRead extends Disposable {
  readonly settings: Pick<SettingStore, 'get'>
  readonly audit: AuditStore
  readonly auditSegments: AuditSegments
}

/**
 * Open a journal for nothing but reading, where no agent has it open. Throws `not_found` where there is none, `conflict`:
 * `data_directory_in_use`, `journal_damaged`.
 */
export function openJournalToRead(path: string): JournalToRead {
  if (!existsSync(path)) throw new Fault('not_found', { what: 'journal', id: path })
  let database: SqliteDatabase.Database | undefined
  try {
    database = new SqliteDatabase(path, { readonly: true, fileMustExist: true, timeout: 2000 })
    const auditSegments = new AuditSegments(database, segmentsBeside(path))
    const journal = { settings: new SettingStore(database), audit: new AuditStore(database), auditSegments }
    const opened = database
    return { ...journal, [Symbol.dispose]: () => void opened.close() }
  } catch (error) {
    database?.close()
    const what = reasonOf(error)
    if (what !== undefined) throw new Fault('conflict', { what, detail: path }, { cause: error })
    throw error
  }
}
