import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { type RunEvent, runEventSchema } from '../../contract/shapes/run.ts'

export interface EventsWanted {
  readonly runId: string
  /** The last sequence number that the reader has; 0 for none. */
  readonly after: number
  /** Progress below this sequence number is left out. */
  readonly progressFrom: number
  readonly limit: number
}

/** What happened in each run, numbered from 1. */
export class RunEventStore {
  readonly #append: Statement
  readonly #last: Statement
  readonly #after: Statement
  readonly #progressFrom: Statement

  constructor(database: Database) {
    this.#append = database.prepare('INSERT INTO run_events (run_id, sequence, type, body) VALUES (?, ?, ?, ?)')
    this.#last = database.prepare('SELECT COALESCE(MAX(sequence), 0) FROM run_events WHERE run_id = ?').pluck()
    this.#after = database
      .prepare(`
        SELECT body FROM run_events
        WHERE run_id = @runId AND sequence > @after AND (type <> 'progress' OR sequence >= @progressFrom)
        ORDER BY sequence LIMIT @limit`)
      .pluck()
    this.#progressFrom = database
      .prepare(`
        SELECT sequence FROM run_events WHERE run_id = ? AND type = 'progress'
        ORDER BY sequence DESC LIMIT 1 OFFSET ?`)
      .pluck()
  }

  append(runId: string, event: RunEvent): void {
    this.#append.run(runId, event.sequence, event.type, JSON.stringify(event))
  }

  /** The highest sequence number; 0 when nothing has happened. */
  lastSequence(runId: string): number {
    return z.number().parse(this.#last.get(runId))
  }

  /** In order. */
  after(wanted: EventsWanted): RunEvent[] {
    return this.#after.all(wanted).map((body) => runEventSchema.parse(JSON.parse(z.string().parse(body))))
  }

  /** The sequence number of the oldest of the last `samples` progress events; 0 when there are fewer. */
  progressFrom(runId: string, samples: number): number {
    return z.number().parse(this.#progressFrom.get(runId, samples - 1) ?? 0)
  }
}
