const PAUSE_MILLISECONDS = 700
const collator = new Intl.Collator(undefined, { sensitivity: 'base', usage: 'search' })

/** What was typed in one go, to go to a name that begins with it; case and accents do not matter. */
export class TypeAhead {
  #typed = ''
  #last = Number.NEGATIVE_INFINITY

  /** True while another character would go on with what was typed before. `at` in milliseconds, as an event's time stamp. */
  isTyping(at: number): boolean {
    return this.#typed !== '' && at - this.#last < PAUSE_MILLISECONDS
  }

  /** What is typed next begins anew. */
  end(): void {
    this.#typed = ''
  }

  /** Take a character; says what to look for, and whether from the next row on (the same letter again) or from this one. */
  type(character: string, at: number): { readonly prefix: string; readonly fromNext: boolean } {
    this.#typed = this.isTyping(at) ? this.#typed + character : character
    this.#last = at
    const isRepeated = [...this.#typed].every((each) => each === character)
    return { prefix: isRepeated ? character : this.#typed, fromNext: isRepeated }
  }
}

/** True when the name begins with what was typed. */
export function beginsWith(name: string, prefix: string): boolean {
  return collator.compare(name.slice(0, prefix.length), prefix) === 0
}
