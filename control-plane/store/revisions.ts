/** Counts the changes of each thing, so that what was made from one can be kept until it changes. */
export class Revisions {
  readonly #counts = new Map<string, number>()

  of(key: string): number {
    return this.#counts.get(key) ?? 0
  }

  bump(key: string): void {
    this.#counts.set(key, this.of(key) + 1)
  }
}
