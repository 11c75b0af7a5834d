import type { SystemWords } from '../../../contract/shapes/notice.ts'
import type { Clock } from '../clock.ts'
import type { Notifier } from './notifier.ts'
import { type PlainWords, plainCountWords } from './plain-words.ts'

/** Milliseconds that a window has to say a notice in its language. */
export const WORDS_WITHIN = 5000

interface Deps {
  readonly notifier: Notifier
  readonly clock: Clock
  /** Lead to several at once. */
  readonly openAll: () => void
}

interface Awaited {
  readonly workspaceId: string
  /** What is said where no window says it. */
  readonly plain: PlainWords
  readonly onOpen: () => void
}

/**
 * Notices that the desktop shows as soon as a window has the words for them. A window that hangs, or is not there, keeps none of
 * them back: after a while they are said in plain English, and those that came meanwhile in one with them.
 */
export class AwaitedWords implements Disposable {
  readonly #deps: Deps
  readonly #stop = new AbortController()
  readonly #awaited = new Map<string, Awaited>()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  await(id: string, awaited: Awaited): void {
    this.#awaited.set(id, awaited)
    const overdue = this.#deps.clock.pause(WORDS_WITHIN, this.#stop.signal)
    overdue.then(
      () => this.#overdue(id, awaited),
      () => undefined,
    )
  }

  /** A window of the workspace has the words. The first that has them is heard. */
  say(workspaceId: string, words: SystemWords): void {
    const awaited = this.#awaited.get(words.id)
    // Another window was first, it took too long, or it is no notice of this console.
    if (awaited?.workspaceId !== workspaceId) return
    this.#awaited.delete(words.id)
    this.#deps.notifier.show(words, awaited.onOpen)
  }

  /** Somebody looks at the windows of the workspace: the desktop has nothing to add. */
  drop(workspaceId: string): void {
    for (const [id, awaited] of this.#awaited) if (awaited.workspaceId === workspaceId) this.#awaited.delete(id)
  }

  [Symbol.dispose](): void {
    this.#stop.abort()
    this.#awaited.clear()
  }

  #overdue(id: string, awaited: Awaited): void {
    // It was said, or came anew since.
    if (this.#awaited.get(id) !== awaited) return
    const count = this.#awaited.size
    this.#awaited.clear()
    const { notifier, openAll } = this.#deps
    if (notifier.isInFront()) return
    if (count === 1) notifier.show({ id, ...awaited.plain }, awaited.onOpen)
    else notifier.show({ id, ...plainCountWords(count) }, openAll)
  }
}
