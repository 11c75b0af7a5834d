import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isEnded, type RunEvent } from '../../contract/shapes/run.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { ChangeFeed } from '../change-feed.ts'
import { systemClock } from '../clock.ts'
import { type Journal, openJournal } from '../journal/open-journal.ts'
import { runInJournal } from '../testing/runs-world.ts'
import { followRun } from './follow-run.ts'
import { RunRecorder } from './run-recorder.ts'

/** Histories that are tried; each writes through to the disk some dozen times. */
const HISTORIES = Number(process.env['RESTORE_CONSOLE_HISTORIES'] ?? 25)
/** Of older samples of progress a reader is not told: with no more than these it is told of each. */
const MOST_SAMPLES = 100

/** What may happen to a run that is written and read, in any order. */
type Step =
  | { readonly do: 'write'; readonly lines: number; readonly sample: boolean }
  | { readonly do: 'write in vain'; readonly lines: number }
  | { readonly do: 'crash' }
  /** A reader comes; it has read so much of the run in an earlier life, in tenths. */
  | { readonly do: 'come'; readonly known: number; readonly pace: number }
  | { readonly do: 'leave'; readonly who: number }
  | { readonly do: 'come again'; readonly who: number }
  | { readonly do: 'pass'; readonly turns: number }

const small = fc.nat({ max: 7 })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('write' as const), lines: small, sample: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('write in vain' as const), lines: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('come' as const), known: fc.nat({ max: 10 }), pace: fc.nat({ max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), who: small }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('come again' as const), who: small }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), turns: small }) },
)

const RUN = runInJournal({
  state: 'running',
  subject: { kind: 'backup', paths: ['/etc'], exclude: [], snapshotId: null },
})

/** Somebody who reads a run, and goes on after what he has seen when his line or the agent was gone. */
class Reader {
  readonly after: number
  readonly seen: RunEvent[] = []
  readonly #pace: number
  #leave = new AbortController()
  #reading: Promise<void> | undefined

  constructor(after: number, pace: number) {
    this.after = after
    this.#pace = pace
  }

  read(life: Life): void {
    if (this.#reading !== undefined) return
    this.#leave = new AbortController()
    this.#reading = this.#follow(life, this.#leave.signal)
  }

  async leave(): Promise<void> {
    this.#leave.abort(new Error('left'))
    await this.#reading
    this.#reading = undefined
  }

  async #follow({ journal, feed }: Life, signal: AbortSignal): Promise<void> {
    const after = this.seen.at(-1)?.sequence ?? this.after
    try {
      for await (const event of followRun({ journal, feed }, { runId: RUN.id, after, signal })) {
        this.seen.push(event)
        for (let turns = 0; turns < this.#pace; turns += 1) await turn()
        if (signal.aborted) return
      }
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }
}

/** An agent's time from one crash to the next, with a journal of its own. */
class Life implements Disposable {
  readonly journal: Journal
  readonly feed = new ChangeFeed()
  readonly #directory: string
  readonly #recorder: RunRecorder

  constructor(directory: string) {
    this.#directory = directory
    this.journal = openJournal(join(directory, 'agent.db'))
    const { runs, events, ledger } = this.journal
    const run = runs.get(RUN.id)
    if (run === undefined) {
      runs.insert(RUN)
      events.append(RUN.id, { type: 'state', sequence: 1, at: RUN.queuedAt, run: RUN })
    }
    const written = { sequence: events.lastSequence(RUN.id), position: ledger.lastPosition(RUN.id) }
    // What the recorder of an agent that has died still had to write dies with it.
    const onFailure = (): void => undefined
    const deps = { journal: this.journal, feed: this.feed, clock: systemClock, onFailure }
    this.#recorder = new RunRecorder(deps, run ?? RUN, written)
  }

  log(lines: number): void {
    for (let line = 0; line < lines; line += 1) this.#recorder.log('info', `line ${line}`)
  }

  write(lines: number, sample: boolean): void {
    this.log(lines)
    if (sample) this.#recorder.progress({ phase: 'backing-up', filesDone: lines, bytesDone: 0, currentItem: null })
    // Known at once, and all that was said before with it.
    this.#recorder.made('a'.repeat(64))
  }

  end(): void {
    this.#recorder.end({ state: 'succeeded', fault: null, remark: '' }, () => undefined)
  }

  /** As the disk is when the agent is killed: what was not written is lost, and nothing is tidied up. */
  crash(directory: string): Life {
    mkdirSync(directory)
    cpSync(this.#directory, directory, { recursive: true })
    this[Symbol.dispose]()
    return new Life(directory)
  }

  [Symbol.dispose](): void {
    this.journal[Symbol.dispose]()
  }
}

async function play(steps: readonly Step[], directory: string): Promise<{ readers: Reader[]; written: RunEvent[] }> {
  mkdirSync(join(directory, 'life-0'))
  let life = new Life(join(directory, 'life-0'))
  const readers: Reader[] = []
  let samples = 0
  for (const [at, one] of steps.entries()) {
    const last = life.journal.events.lastSequence(RUN.id)
    const who = 'who' in one ? readers[one.who % Math.max(1, readers.length)] : undefined
    switch (one.do) {
      case 'write':
        samples += one.sample ? 1 : 0
        life.write(one.lines, one.sample && samples < MOST_SAMPLES)
        break
      case 'write in vain':
        life.log(one.lines)
        break
      case 'crash':
        await Promise.all(readers.map((reader) => reader.leave()))
        life = life.crash(join(directory, `life-${at + 1}`))
        for (const reader of readers) reader.read(life)
        break
      case 'come': {
        const reader = new Reader(Math.floor((last * one.known) / 10), one.pace)
        readers.push(reader)
        reader.read(life)
        break
      }
      case 'leave':
        await who?.leave()
        break
      case 'come again':
        who?.read(life)
        break
      case 'pass':
        for (let turns = 0; turns < one.turns; turns += 1) await turn()
    }
  }
  life.end()
  readers.push(new Reader(0, 0))
  for (const reader of readers) reader.read(life)
  const end = life.journal.events.lastSequence(RUN.id)
  await expect.poll(() => readers.every(({ seen, after }) => (seen.at(-1)?.sequence ?? after) === end)).toBe(true)
  const written = life.journal.events.after({ runId: RUN.id, after: 0, progressFrom: 0, limit: 100_000 })
  life[Symbol.dispose]()
  return { readers, written }
}

test(
  `however a run is written, crashed and read, each reader is told the same, without gap or repeat (${HISTORIES} histories)`,
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        await using directory = temporaryDirectory()
        const { readers, written } = await play(steps, directory.path)
        expect(written.map(({ sequence }) => sequence)).toEqual(written.map((_, at) => at + 1))
        const last = written.at(-1)
        expect(last?.type === 'state' && isEnded(last.run.state)).toBe(true)
        for (const { after, seen } of readers) expect(seen).toEqual(written.slice(after))
      }),
      { numRuns: HISTORIES },
    )
  },
  60_000 + HISTORIES * 10_000,
)
