import type { ShellWords } from '../../contract/shapes/shell-words.ts'
import { ENGLISH } from './english-words.ts'

/** Stands for a host while names are masked: which one is not to be seen from its length either. */
const MASKED = '•••'

/** What the shell says: English until a window tells it the words of the language that it speaks itself. */
export class Speech {
  #words: ShellWords = ENGLISH
  readonly #listeners: (() => void)[] = []

  get words(): ShellWords {
    return this.#words
  }

  /** What a host is called here, where anybody may look on. */
  nameOf(host: string): string {
    return this.#words.masked ? MASKED : host
  }

  learn(words: ShellWords): void {
    this.#words = words
    for (const tell of this.#listeners) tell()
  }

  /** Call this now, and again with other words. */
  follow(tell: () => void): void {
    this.#listeners.push(tell)
    tell()
  }
}

/** The form for a count, with the count in it. */
export function counted({ one, other }: { readonly one: string; readonly other: string }, count: number): string {
  return filled(count === 1 ? one : other, { count: String(count) })
}

/** A sentence with its values. What a host is called may look like a place for another: it is not filled again. */
export function filled(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replaceAll(
    /\{(\w+)\}/g,
    (place, name: string) => (Object.hasOwn(values, name) ? values[name] : undefined) ?? place,
  )
}
