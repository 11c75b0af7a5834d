import type Database from 'better-sqlite3'

/** Whose something is, in bytes that tell nothing but what belongs together. */
export interface KeptOwner {
  readonly host: Buffer
  /** Null for what is the host's and of no repository. */
  readonly repository: Buffer | null
}

/** One sealed thing. */
export interface KeptRow extends KeptOwner {
  readonly address: Buffer
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
  readonly #owners: Database.Statement<[], KeptOwner>
  readonly #drop: Database.Statement<[KeptOwner & { readonly most: number }], { readonly size: number }>
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
    this.#owners = database.prepare('SELECT DISTINCT host, repository FROM kept')
    this.#drop = database.prepare(
      `DELETE FROM kept WHERE rowid IN
       (SELECT rowid FROM kept WHERE host = :host AND repository IS :repository LIMIT :most)
       RETURNING size`,
    )
    this.#evict = database.prepare(
      `DELETE FROM kept WHERE rowid = (SELECT rowid FROM kept ORDER BY used LIMIT 1)
       RETURNING size`,
    )
    this.#used = this.#number('SELECT coalesce(max(used), 0) FROM kept')
    this.#total = this.#number('SELECT coalesce(sum(size), 0) FROM kept')
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

  owners(): KeptOwner[] {
    return this.#owners.all()
  }

  drop({ host, repository }: KeptOwner, most: number): number {
    const dropped = this.#drop.all({ host, repository, most })
    for (const { size } of dropped) this.#total -= size
    return dropped.length
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

  #number(query: string): number {
    return Number(this.#database.prepare(query).pluck().get())
  }
}
