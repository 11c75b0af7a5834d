import { toRows } from '../../../contract/shapes/columns.ts'
import type { RollUp, RollUpEvent } from '../../../contract/shapes/compare.ts'
import type { ComparisonCalls } from './comparison-calls.ts'
import { type Decision, withDecisions } from './content-decisions.ts'

/** Milliseconds between two drawings. */
const DRAW_EVERY = 80

/**
 * What a whole comparison comes to, folder by folder, as it is told. It may be stopped, and goes on from where it was: so
 * it does too when it was broken off.
 */
export class RollUps {
  readonly #calls: Pick<ComparisonCalls, 'rollUps'>
  readonly #folders = new Map<string, RollUp>()
  readonly #decisions = new Map<string, Decision>()
  readonly #listeners = new Set<() => void>()
  #stop: AbortController | undefined
  #isToBeDrawn = false
  #version = 0
  state: 'waiting' | 'running' | 'stopped' | 'ended' | 'failed' = 'waiting'
  error: unknown = null
  /** Pairs of folders that were compared. */
  directories = 0
  #whole: RollUp | null = null

  constructor(calls: Pick<ComparisonCalls, 'rollUps'>) {
    this.#calls = calls
  }

  /** For React's `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  readonly version = (): number => this.#version

  /** A path from the snapshots' root, with a slash first. */
  of(path: string): RollUp | undefined {
    const rollUp = this.#folders.get(path)
    return rollUp && this.#asDecided(path, rollUp)
  }

  /** Once everything was compared. */
  get whole(): RollUp | null {
    return this.#whole && this.#asDecided('', this.#whole)
  }

  /** What a file holds was compared. */
  decide(path: string, decision: Decision): void {
    this.#decisions.set(path, decision)
    this.#change()
  }

  #asDecided(folder: string, rollUp: RollUp): RollUp {
    if (this.#decisions.size === 0) return rollUp
    return withDecisions(
      rollUp,
      Array.from(this.#decisions).flatMap(([path, decision]) => (path.startsWith(`${folder}/`) ? [decision] : [])),
    )
  }

  /** What is known of the whole so far. */
  get known(): RollUp | null {
    if (this.#whole !== null) return this.whole
    let sum: RollUp | null = null
    for (const [path, rollUp] of this.#folders)
      if (path.indexOf('/', 1) < 0) sum = sum === null ? rollUp : added(sum, rollUp)
    return sum && this.#asDecided('', sum)
  }

  start(): void {
    if (this.state === 'running' || this.state === 'ended') return
    this.#stop = new AbortController()
    this.state = 'running'
    this.#change()
    void this.#follow(this.#stop.signal)
  }

  stop(): void {
    if (this.state !== 'running') return
    this.#stop?.abort()
    this.state = 'stopped'
    this.#change()
  }

  async #follow(signal: AbortSignal): Promise<void> {
    try {
      for await (const event of await this.#calls.rollUps(this.#folders.size, signal)) {
        this.#hear(event)
        this.#change()
      }
      this.#end('ended', null, signal)
    } catch (error) {
      this.#end('failed', error, signal)
    }
  }

  #hear(event: RollUpEvent): void {
    if (event.kind === 'folders') {
      for (const { path, rollUp } of toRows(event.folders)) this.#folders.set(path, rollUp)
      this.directories = Math.max(this.directories, this.#folders.size)
      return
    }
    this.directories = event.directories
    if (event.kind === 'ended') this.#whole = event.rollUp
  }

  #end(state: 'ended' | 'failed', error: unknown, signal: AbortSignal): void {
    if (signal.aborted) return
    this.state = state
    this.error = error
    this.#change()
  }

  #change(): void {
    if (this.#isToBeDrawn) return
    this.#isToBeDrawn = true
    setTimeout(() => {
      this.#isToBeDrawn = false
      this.#version += 1
      for (const listener of this.#listeners) listener()
    }, DRAW_EVERY)
  }
}

function added(one: RollUp, other: RollUp): RollUp {
  return {
    added: one.added + other.added,
    addedBytes: one.addedBytes + other.addedBytes,
    removed: one.removed + other.removed,
    removedBytes: one.removedBytes + other.removedBytes,
    modified: one.modified + other.modified,
    modifiedBytesBefore: one.modifiedBytesBefore + other.modifiedBytesBefore,
    modifiedBytesAfter: one.modifiedBytesAfter + other.modifiedBytesAfter,
    retyped: one.retyped + other.retyped,
    metadata: one.metadata + other.metadata,
    undecided: (one.undecided ?? 0) + (other.undecided ?? 0),
    unread: (one.unread ?? 0) + (other.unread ?? 0),
  }
}
