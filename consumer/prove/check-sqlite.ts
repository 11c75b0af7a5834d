import Database from 'better-sqlite3'

/** A program of its own: it opens one database that nobody vouches for, and prints what SQLite finds wrong with it, a line each. */
const [, , path = ''] = process.argv
try {
  const database = new Database(path, { fileMustExist: true })
  const found = database.pragma('integrity_check(20)') as readonly { readonly integrity_check: string }[]
  for (const { integrity_check: line } of found) if (line !== 'ok') process.stdout.write(`${line}\n`)
  database.close()
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`)
}
