import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import type { ChainLink, ChainPoint } from '../../contract/audit-chain/chain.ts'

const rowSchema = z.object({ first: z.number(), last: z.number(), last_hash: z.string() })

/** A closed part of the audit: the rows from `first` to `last`, in a file of one JSON object a line. */
export interface AuditSegment {
  readonly first: number
  readonly last: number
  /** Of its last row: what stands after it begins with this. */
  readonly lastHash: string
  /** Of its file. */
  readonly name: string
}

const DIGITS = 12

/** The closed parts of the audit. They can be added and read; the database refuses all else. */
export class AuditSegments {
  readonly #directory: string
  readonly #list: Statement | undefined
  readonly #database: Database

  /** `directory` is where their files are; made with the first of them. */
  constructor(database: Database, directory: string) {
    this.#directory = directory
    this.#database = database
    // A journal that is only read may be older than they are.
    const isThere = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'audit_segments'").get() !== undefined
    if (isThere) this.#list = database.prepare('SELECT first, last, last_hash FROM audit_segments ORDER BY first')
  }

  /** In order. */
  list(): AuditSegment[] {
    return (this.#list?.all() ?? []).map((row) => {
      const { first, last, last_hash: lastHash } = rowSchema.parse(row)
      return { first, last, lastHash, name: nameOf(first, last) }
    })
  }

  /** Where the last of them ends. */
  end(): ChainPoint | undefined {
    const last = this.list().at(-1)
    return last && { sequence: last.last, hash: last.lastHash }
  }

  /** The rows of a segment, whatever somebody has made of them; none where its file is gone. */
  rows({ name, first }: AuditSegment): ChainLink[] {
    return textOf(join(this.#directory, name))
      .split('\n')
      .filter((line) => line !== '')
      .map((line, at) => linkOf(line, first + at))
  }

  /**
   * Move rows that stand at the beginning of the audit into a segment. Its file is on the disk before the rows leave the
   * database; after a crash in between they are there still, and the file is written again.
   */
  close(rows: readonly ChainLink[], at: Date): void {
    const [first, last] = [rows[0], rows.at(-1)]
    if (first === undefined || last === undefined) return
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 })
    const path = join(this.#directory, nameOf(first.sequence, last.sequence))
    writeThrough(`${path}.part`, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    renameSync(`${path}.part`, path)
    flush(this.#directory)
    this.#database
      .transaction(() => {
        this.#database
          .prepare('INSERT INTO audit_segments (first, last, last_hash, closed_at) VALUES (?, ?, ?, ?)')
          .run(first.sequence, last.sequence, last.hash, at.toISOString())
        this.#database.prepare('DELETE FROM audit WHERE sequence BETWEEN ? AND ?').run(first.sequence, last.sequence)
      })
      .immediate()
  }
}

function nameOf(first: number, last: number): string {
  return `audit-${String(first).padStart(DIGITS, '0')}-${String(last).padStart(DIGITS, '0')}.jsonl`
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** As someone may have left it who has changed the file by hand. */
function linkOf(line: string, place: number): ChainLink {
  const linkSchema = z
    .object({
      sequence: z.number().catch(place),
      entryId: z.string().catch(''),
      step: z.string().catch(''),
      runId: z.string().nullable().catch(null),
      body: z.string().catch(''),
      previous: z.string().catch(''),
      hash: z.string().catch(''),
    })
    .catch({ sequence: place, entryId: '', step: '', runId: null, body: '', previous: '', hash: '' })
  try {
    return linkSchema.parse(JSON.parse(line))
  } catch {
    return linkSchema.parse(undefined)
  }
}

function writeThrough(path: string, text: string): void {
  const file = openSync(path, 'w', 0o600)
  try {
    // Not writeSync, which on a disk that fills up writes some of it and is content.
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function flush(directory: string): void {
  const folder = openSync(directory, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
