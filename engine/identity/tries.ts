/** Milliseconds on a clock that only goes forward. */
interface Clock {
  elapsed(): number
}

/** So many tries at once; one more comes back every `seconds`. */
export interface Allowance {
  readonly tries: number
  readonly seconds: number
}

interface Bucket {
  left: number
  filledAt: number
}

/** Addresses remembered; the one that was heard longest ago goes first. What it could try anew counts against all. */
const ADDRESSES = 4096

/** How often strangers may try, each by its address and all of them together. */
export class Tries {
  readonly #each: Allowance
  readonly #all: Allowance
  readonly #clock: Clock
  readonly #byAddress = new Map<string, Bucket>()
  readonly #together: Bucket

  constructor({ each, all, clock }: { readonly each: Allowance; readonly all: Allowance; readonly clock: Clock }) {
    this.#each = each
    this.#all = all
    this.#clock = clock
    this.#together = { left: all.tries, filledAt: clock.elapsed() }
  }

  /** Take one try; false when there is none left. An address that has used up its own does not take from the others'. */
  take(address: string): boolean {
    const bucket = this.#byAddress.get(address) ?? { left: this.#each.tries, filledAt: this.#clock.elapsed() }
    this.#byAddress.delete(address)
    this.#byAddress.set(address, bucket)
    const [oldest] = this.#byAddress.keys()
    if (this.#byAddress.size > ADDRESSES && oldest !== undefined) this.#byAddress.delete(oldest)
    return this.#takeFrom(bucket, this.#each) && this.#takeFrom(this.#together, this.#all)
  }

  #takeFrom(bucket: Bucket, { tries, seconds }: Allowance): boolean {
    const now = this.#clock.elapsed()
    bucket.left = Math.min(tries, bucket.left + (now - bucket.filledAt) / 1000 / seconds)
    bucket.filledAt = now
    if (bucket.left < 1) return false
    bucket.left -= 1
    return true
  }
}
