import type { Database } from 'better-sqlite3'
import { Fault } from '../../contract/errors.ts'
import { first } from './migrations/0001-first.ts'

/** In order; a database's `user_version` says how many of them it has had. Never change one that was released. */
const MIGRATIONS: readonly string[] = [first]

/** Bring a database up to date. Throws `version_mismatch` for one that a newer plane wrote. */
export function migrate(database: Database): void {
  const version = Number(database.pragma('user_version', { simple: true }))
  if (version > MIGRATIONS.length) {
    throw new Fault('version_mismatch', {
      ours: `control plane's store ${MIGRATIONS.length}`,
      theirs: `control plane's store ${version}`,
    })
  }
  for (const [at, migration] of [...MIGRATIONS.entries()].slice(version)) {
    database
      .transaction(() => {
        database.exec(migration)
        database.pragma(`user_version = ${at + 1}`)
      })
      .immediate()
  }
}
