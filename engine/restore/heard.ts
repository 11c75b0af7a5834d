import { joined } from './paths.ts'
import type { PlanItems } from './plan-items.ts'
import type { RestorePass } from './restore-pass.ts'
import type { OtherFailure } from './restore-event.ts'

/** An error that restic reported. */
export interface Failure {
  readonly message: string
  /** It was met while reading back what had been written. */
  readonly verifying: boolean
  /** How many items restic prints with the same path; it may be of any of them. */
  readonly alike: number
}

/**
 * restic's errors by the items that they are of. restic prints a path with U+FFFD for each byte that is not UTF-8, below the
 * folder where it began; while it verifies, the path of the file on disk.
 */
export class Heard {
  readonly #items: PlanItems
  #byPath: Map<string, number[]> | null = null
  readonly failures = new Map<number, Failure>()
  readonly others: OtherFailure[] = []

  constructor(items: PlanItems) {
    this.#items = items
  }

  /** An error of a pass that writes to `targetPath`. The first of an item holds. */
  error(
    { path, message }: { readonly path: string; readonly message: string },
    pass: RestorePass,
    targetPath: string,
  ): void {
    const inside = targetPath === '/' || path.startsWith(`${targetPath}/`)
    const below = inside ? path.slice(targetPath === '/' ? 0 : targetPath.length) : undefined
    const verified = below === undefined ? [] : this.#itemsAt(joined(pass.base, below), pass)
    const places = verified.length > 0 ? verified : this.#itemsAt(joined(pass.base, path), pass)
    if (places.length === 0) this.#other({ path, reason: message })
    const failure = { message, verifying: verified.length > 0, alike: places.length }
    for (const at of places) if (!this.failures.has(at)) this.failures.set(at, failure)
  }

  #other(failure: OtherFailure): void {
    if (!this.others.some(({ path }) => path === failure.path)) this.others.push(failure)
  }

  #itemsAt(path: string, pass: RestorePass): number[] {
    this.#byPath ??= this.#index()
    const places = this.#byPath.get(path.toWellFormed()) ?? []
    return places.filter((at) => this.#items.source(at) === pass.source)
  }

  #index(): Map<string, number[]> {
    const byPath = new Map<string, number[]>()
    for (let at = 0; at < this.#items.length; at += 1) {
      const path = this.#items.path(at).toWellFormed()
      const known = byPath.get(path)
      if (known === undefined) byPath.set(path, [at])
      else known.push(at)
    }
    return byPath
  }
}
