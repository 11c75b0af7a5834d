import type Database from 'better-sqlite3'

/** One sealed thing. Whose it is stands beside it, in bytes that tell nothing but what belongs together. */
export interface KeptRow {
  readonly address: Buffer
  readonly host: Buffer
  /** Null for what is the host's and of no repository. */
  readonly repository: Buffer | null
  readonly sealed: Buffer
}

interface Found {
  readonly id: number
  readonly sealed: Buffer
}

/** The rows of one opened `kept.db`. Uses are counted, not timed, and written with the next row: reading writes nothing. */
export class KeptRows {
  readonly #database: Database.Database
  readonly #get: Database.Statement<[Buffer], Found>
  readonly #size: Database.Statement<[Buffer], { readonly size: number }>
  readonly #put: Database.Statement<[KeptRow & { readonly used: number; readonly size: number }]>
  readonly #touch: Database.Statement<[number, number]>
  readonly #delete: Database.Statement<[Buffer]>
  readonly #evict: Database.Statement<[], { readonly size: number }>
  readonly #touched = new Set<number>()
  #used: number
  #total: number

  constructor(database: Database.Database) {
    this.#database = database
    this.#get = database.prepare('SELECT rowid AS id, sealed FROM kept WHERE address = ?')
    this.#size = database.prepare('SELECT size FROM kept WHERE address = ?')
    this.#put = database.prepare(
      `INSERT INTO kept (address, host, repository, used, size, sealed)
       VALUES (:address, :host, :repository, :used, :size, :sealed)
       ON CONFLICT (address) DO UPDATE SET used = excluded.used, size = excluded.size, sealed = excluded.sealed`,
    )
    this.#touch = database.prepare('UPDATE kept SET used = ? WHERE rowid = ?')
    this.#delete = database.prepare('DELETE FROM kept WHERE address = ?')
    this.#evict = database.prepare(
      `DELETE FROM kept WHERE rowid = (SELECT rowid FROM kept ORDER BY used LIMIT 1)
       RETURNING size`,
    )
    this.#used = this.#number('SELECT coalesce(max(used), 0) FROM kept')
    this.#total = this.#sum()
  }

  get(address: Buffer): Buffer | null {
    const found = this.#get.get(address)
    if (found === undefined) return null
    this.#touched.add(found.id)
    return found.sealed
  }

  put(row: KeptRow, limit: number): void {
    this.#database.transaction(() => {
      this.#writeUses()
      this.#used += 1
      const before = this.#size.get(row.address)?.size ?? 0
      const size = row.sealed.length
      this.#put.run({ ...row, used: this.#used, size })
      this.#total += size - before
      while (this.#total > limit) this.#total -= this.#evict.get()?.size ?? this.#total
    })()
  }

  delete(address: Buffer): void {
    this.#total -= this.#size.get(address)?.size ?? 0
    this.#delete.run(address)
  }

  retainRepositories(host: Buffer, repositories: readonly Buffer[]): void {
    this.#database
      .prepare(
        `DELETE FROM kept WHERE host = ? AND repository IS NOT NULL
         AND hex(repository) NOT IN (SELECT value FROM json_each(?))`,
      )
      .run(host, hexOf(repositories))
    this.#total = this.#sum()
  }

  retainHosts(hosts: readonly Buffer[]): void {
    this.#database.prepare('DELETE FROM kept WHERE hex(host) NOT IN (SELECT value FROM json_each(?))').run(hexOf(hosts))
    this.#total = this.#sum()
  }

  close(): void {
    this.#database.close()
  }

  /** Write down what was read since the last row was put. */
  writeUses(): void {
    this.#database.transaction(() => this.#writeUses())()
  }

  #writeUses(): void {
    for (const id of this.#touched) {
      this.#used += 1
      this.#touch.run(this.#used, id)
    }
    this.#touched.clear()
  }

  #sum(): number {
    return this.#number('SELECT coalesce(sum(size), 0) FROM kept')
  }

  #number(query: string): number {
    return Number(this.#database.prepare(query).pluck().get())
  }
}

/** As SQLite's own `hex` writes it. */
function hexOf(values: readonly Buffer[]): string {
  return JSON.stringify(values.map((value) => value.toString('hex').toUpperCase()))
}
