import type { Database } from 'better-sqlite3'
import { Fault } from '../../contract/errors.ts'
import { first } from './migrations/0001-first.ts'
import { peers } from './migrations/0002-peers.ts'
import { repositoryUse } from './migrations/0003-repository-use.ts'
import { wholeRestore } from './migrations/0004-whole-restore.ts'
import { runSummaries } from './migrations/0005-run-summaries.ts'
import { provable } from './migrations/0006-provable.ts'

/** SQL, or what goes over the rows that are there. */
type Migration = string | ((database: Database) => void)

/** In order; a database's `user_version` says how many of them it has had. Never change one that was released. */
const MIGRATIONS: readonly Migration[] = [first, peers, repositoryUse, wholeRestore, runSummaries, provable]

/** Bring a database up to date. Throws `version_mismatch` for one that a newer agent wrote. */
export function migrate(database: Database): void {
  const version = Number(database.pragma('user_version', { simple: true }))
  if (version > MIGRATIONS.length) {
    throw new Fault('version_mismatch', {
      ours: `journal ${MIGRATIONS.length}`,
      theirs: `journal ${version}`,
    })
  }
  for (const [at, migration] of [...MIGRATIONS.entries()].slice(version)) {
    database
      .transaction(() => {
        if (typeof migration === 'string') database.exec(migration)
        else migration(database)
        database.pragma(`user_version = ${at + 1}`)
      })
      .immediate()
  }
}
