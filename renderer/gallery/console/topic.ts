/** Values told to everyone who follows at the time. */
export class Topic<T> {
  readonly #followers = new Set<(value: T) => void>()

  publish(value: T): void {
    for (const follower of this.#followers) follower(value)
  }

  /** `first()` and then whatever is published, until the signal; nothing published after the call is missed. */
  async *follow<F = T>(signal: AbortSignal | undefined, first: () => Iterable<F>): AsyncGenerator<T | F, void> {
    const waiting: T[] = []
    let wake = (): void => undefined
    const follower = (value: T): void => {
      waiting.push(value)
      wake()
    }
    this.#followers.add(follower)
    signal?.addEventListener('abort', () => wake(), { once: true })
    try {
      yield* first()
      while (signal?.aborted !== true) {
        const value = waiting.shift()
        if (value !== undefined) yield value
        else
          await new Promise<void>((resolve) => {
            wake = resolve
          })
      }
    } finally {
      this.#followers.delete(follower)
    }
  }
}
