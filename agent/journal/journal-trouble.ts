import SqliteDatabase from 'better-sqlite3'

/** Why a journal cannot be opened, in the words of a `conflict`; undefined for what is not known. */
export function reasonOf(error: unknown): 'data_directory_in_use' | 'journal_damaged' | undefined {
  if (!(error instanceof SqliteDatabase.SqliteError)) return undefined
  if (error.code.startsWith('SQLITE_BUSY')) return 'data_directory_in_use'
  return /^SQLITE_(CORRUPT|NOTADB)/.test(error.code) ? 'journal_damaged' : undefined
}
