/** Milliseconds until something that could not be told is tried again; twice as long each time. */
const AGAIN = { first: 5000, longest: 300_000 } as const

type Attempt =
  | { readonly mark: string }
  /** `againAt`: as `Date.getTime`; null for as soon as who is needed for it is back. */
  | { readonly mark: null; readonly failures: number; readonly againAt: number | null }

/** What one plane was told of, by key, and when what could not be told is tried again. */
export class FeedAttempts {
  readonly #attempts = new Map<string, Attempt>()

  isDue(key: string, { mark, canAsk, now }: { readonly mark: string; readonly canAsk: boolean; readonly now: number }) {
    const attempt = this.#attempts.get(key)
    if (attempt === undefined) return true
    if (attempt.mark !== null) return attempt.mark !== mark
    return canAsk && (attempt.againAt ?? now) <= now
  }

  told(key: string, mark: string): void {
    this.#attempts.set(key, { mark })
  }

  failed(key: string, now: number): void {
    const before = this.#attempts.get(key)
    const failures = before?.mark === null ? before.failures : 0
    const pause = Math.min(AGAIN.longest, AGAIN.first * 2 ** failures)
    this.#attempts.set(key, { mark: null, failures: failures + 1, againAt: now + pause })
  }

  /** Who is needed for it is away: there is nothing to wait for but that they are back. */
  away(key: string): void {
    if (this.#attempts.get(key)?.mark === null) this.#attempts.set(key, { mark: null, failures: 0, againAt: null })
  }

  allAway(): void {
    for (const key of this.#attempts.keys()) this.away(key)
  }

  /** Somebody asks for it: nothing waits for its time any more. */
  hasten(): void {
    for (const [key, attempt] of this.#attempts) {
      if (attempt.mark === null && attempt.againAt !== null) this.#attempts.set(key, { ...attempt, againAt: 0 })
    }
  }

  /** The others are no more. */
  retain(keys: ReadonlySet<string>): void {
    for (const key of this.#attempts.keys()) if (!keys.has(key)) this.#attempts.delete(key)
  }

  /** When the next of them is to be tried again; Infinity where nothing is. */
  nextAt(): number {
    const times = [...this.#attempts.values()].map((one) => (one.mark === null ? one.againAt : null))
    return Math.min(...times.map((time) => time ?? Infinity))
  }
}
