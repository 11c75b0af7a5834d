import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { type LedgerStore, pathOf } from './ledger-store.ts'

/** A folder as it was. */
export interface SavedFolder {
  readonly path: string
  /** Permission bits. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Milliseconds since 1970, with a fraction. */
  readonly modifiedMs: number
}

/** What an in-place restore saved before it wrote. */
export interface SavedPaths {
  /** The snapshot that has them; null when there was nothing to save, or it has not been made. */
  readonly snapshotId: string | null
  /** What of it is to be restored to go back; empty when there was nothing to save. */
  readonly include: readonly string[]
}

const savedSchema = z.object({ snapshot_id: z.string().nullable(), include: z.string() })
const folderSchema = z.tuple([z.string(), z.number(), z.number(), z.number(), z.number()])

/** The ways back from restores over original files. */
export class SavedStore {
  readonly #ledger: LedgerStore
  readonly #put: Statement
  readonly #of: Statement
  readonly #putFolder: Statement
  readonly #folders: Statement

  constructor(database: Database, ledger: LedgerStore) {
    this.#ledger = ledger
    this.#put = database.prepare(`
      INSERT INTO saved_paths (run, snapshot_id, include) VALUES (@run, @snapshotId, @include)
      ON CONFLICT (run) DO UPDATE SET snapshot_id = excluded.snapshot_id, include = excluded.include`)
    this.#of = database.prepare('SELECT snapshot_id, include FROM saved_paths WHERE run = ?')
    this.#putFolder = database.prepare(`
      INSERT OR REPLACE INTO saved_folders (run, position, path, mode, uid, gid, modified) VALUES (?, ?, ?, ?, ?, ?, ?)`)
    this.#folders = database
      .prepare('SELECT path, mode, uid, gid, modified FROM saved_folders WHERE run = ? ORDER BY position')
      .raw()
  }

  put(runId: string, { snapshotId, include }: SavedPaths): void {
    this.#put.run({ run: this.#ledger.numberOf(runId), snapshotId, include: JSON.stringify(include) })
  }

  /** Undefined for a run that saved nothing because nobody wanted it to. */
  of(runId: string): SavedPaths | undefined {
    const row = this.#of.get(this.#ledger.numberOf(runId))
    if (row === undefined) return undefined
    const { snapshot_id: snapshotId, include } = savedSchema.parse(row)
    return { snapshotId, include: z.array(z.string()).parse(JSON.parse(include)) }
  }

  /** Some of the folders of a run, from a position on. */
  putFolders(runId: string, from: number, folders: Iterable<SavedFolder>): void {
    const run = this.#ledger.numberOf(runId)
    let position = from
    for (const { path, mode, uid, gid, modifiedMs } of folders) {
      this.#putFolder.run(run, position, JSON.stringify(path), mode, uid, gid, modifiedMs)
      position += 1
    }
  }

  folders(runId: string): SavedFolder[] {
    return this.#folders.all(this.#ledger.numberOf(runId)).map((row) => {
      const [path, mode, uid, gid, modifiedMs] = folderSchema.parse(row)
      return { path: pathOf(path), mode, uid, gid, modifiedMs }
    })
  }
}
