import type { Pattern } from '../pattern/pattern.ts'

/** Finds the names of a directory that fit a pattern. */
export class NameScan {
  readonly #pattern: Pattern

  constructor(pattern: Pattern) {
    this.#pattern = pattern
  }

  /** `names` as an outline has them, each closed by a NUL. */
  namesOf(path: string, names: string): Set<string> {
    const fitting = new Set<string>()
    for (let from = 0; from < names.length; ) {
      const to = names.indexOf('\0', from)
      const fits =
        this.#pattern.of === 'name'
          ? this.#pattern.matches(names, from, to)
          : this.#pattern.matches(`${path}/${names.slice(from, to)}`)
      if (fits) fitting.add(names.slice(from, to))
      from = to + 1
    }
    return fitting
  }
}
