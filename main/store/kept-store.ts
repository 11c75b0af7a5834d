import { closeSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Damaged, isDamage } from './database.ts'
import { type KeptOwner, type KeptRow, KeptRows } from './kept-rows.ts'

/** Counted up with each change of what is below: a file of another version is begun anew. */
const VERSION = 1

const SCHEMA = `
  CREATE TABLE key (mark BLOB NOT NULL) STRICT;
  CREATE TABLE kept (
    address    BLOB PRIMARY KEY,
    host       BLOB NOT NULL,
    repository BLOB,
    used       INTEGER NOT NULL,
    size       INTEGER NOT NULL,
    sealed     BLOB NOT NULL
  ) STRICT;
  CREATE INDEX kept_of_host ON kept (host, repository);
  CREATE INDEX kept_by_use ON kept (used, size);
`

/** Rows that are dropped at once: overwriting the largest takes a millisecond or two each. */
const SLICE = 32

interface Options {
  /** Stands for the key that the rows are sealed with; rows under another key are worth nothing and are dropped. */
  readonly mark: Buffer
  /** Bytes of sealed rows; beyond them, what was not used for the longest time goes. */
  readonly limit: number
}

/**
 * `kept.db`: what this console has seen, sealed. To lose it loses nothing but time, so a damaged file, one of another
 * version or under another key is deleted and begun anew.
 */
export class KeptStore implements Disposable {
  readonly #file: string
  readonly #options: Options
  #rows: KeptRows

  constructor(dataDirectory: string, options: Options) {
    this.#file = join(dataDirectory, 'kept.db')
    this.#options = options
    this.#rows = this.#openOrBegin()
  }

  get(address: Buffer): Buffer | null {
    return this.#attempt((rows) => rows.get(address)) ?? null
  }

  put(row: KeptRow): void {
    if (row.sealed.length <= this.#options.limit) this.#attempt((rows) => rows.put(row, this.#options.limit))
  }

  delete(address: Buffer): void {
    this.#attempt((rows) => rows.delete(address))
  }

  /** All whose something is here. */
  owners(): KeptOwner[] {
    return this.#attempt((rows) => rows.owners()) ?? []
  }

  /** Drop some of what is somebody's, as much as does not take long; true while there may be more. */
  dropSome(owner: KeptOwner): boolean {
    return (this.#attempt((rows) => rows.drop(owner, SLICE)) ?? 0) === SLICE
  }

  [Symbol.dispose](): void {
    try {
      this.#attempt((rows) => rows.writeUses())
    } finally {
      this.#rows.close()
    }
  }

  #attempt<T>(action: (rows: KeptRows) => T): T | undefined {
    try {
      return action(this.#rows)
    } catch (error) {
      if (!isDamage(error)) throw error
      this.#rows.close()
      this.#rows = this.#begin()
      return undefined
    }
  }

  #openOrBegin(): KeptRows {
    try {
      return openRows(this.#file, (database) => checkUsable(database, this.#options.mark))
    } catch (error) {
      if (!isDamage(error)) throw error
      return this.#begin()
    }
  }

  #begin(): KeptRows {
    for (const suffix of ['', '-wal', '-shm']) rmSync(this.#file + suffix, { force: true })
    return openRows(this.#file, (database) =>
      database.transaction(() => {
        database.exec(SCHEMA)
        database.prepare('INSERT INTO key (mark) VALUES (?)').run(this.#options.mark)
        database.pragma(`user_version = ${VERSION}`)
      })(),
    )
  }
}

function openRows(file: string, prepare: (database: Database.Database) => void): KeptRows {
  // SQLite gives its own files, the write-ahead log too, the mode of the one it finds.
  closeSync(openSync(file, 'a', 0o600))
  const database = new Database(file)
  try {
    database.pragma('journal_mode = WAL')
    // What was kept last may be lost with the power; that costs one question.
    database.pragma('synchronous = NORMAL')
    database.pragma(`journal_size_limit = ${4 << 20}`)
    // What is dropped is not left lying in the file.
    database.pragma('secure_delete = ON')
    prepare(database)
    return new KeptRows(database)
  } catch (error) {
    database.close()
    throw error
  }
}

function checkUsable(database: Database.Database, mark: Buffer): void {
  const version = database.pragma('user_version', { simple: true })
  if (version !== VERSION) throw new Damaged(`version ${String(version)}`)
  const found = database.prepare<[], { readonly mark: Buffer }>('SELECT mark FROM key').get()
  if (found?.mark.equals(mark) !== true) throw new Damaged('of another key')
}
