import type { StoredNode } from '../stored-node.ts'
import { readStoredOutline } from '../stored-outline.ts'
import type { TreeOutline, TreeOutlines } from '../tree-outlines.ts'
import type { TreeReader } from '../tree-reader.ts'
import type { Place } from './place.ts'

/** The outlines of one walk: those the reader kept, the others read ahead while the walk goes on. */
export class Outliner implements Disposable {
  readonly #reader: TreeReader
  readonly #outlines: TreeOutlines
  readonly #stop = new AbortController()
  readonly #signal: AbortSignal
  readonly #coming = new Map<number, Promise<() => TreeOutline>>()

  constructor(reader: TreeReader, signal?: AbortSignal) {
    this.#reader = reader
    this.#outlines = reader.outlines
    this.#signal = signal === undefined ? this.#stop.signal : AbortSignal.any([signal, this.#stop.signal])
  }

  /** What was read ahead for nobody is stopped. */
  [Symbol.dispose](): void {
    this.#stop.abort()
  }

  numberOf(treeId: string): number {
    return this.#outlines.numberOf(treeId)
  }

  /** The outline of a tree; undefined when it has to be waited for. */
  now(tree: number): TreeOutline | undefined {
    if (this.#coming.size > 0 && this.#outlines.has(tree)) this.#coming.delete(tree)
    return this.#outlines.get(tree)
  }

  /** The outline of a tree; those that are wanted next are read along with it. */
  async outline(tree: number, next: Place['trees']): Promise<TreeOutline> {
    const coming = this.#ask(tree)
    for (const { tree: other } of next.slice(0, this.#reader.atOnce - 1)) this.#askAhead(other)
    try {
      return (await coming)()
    } finally {
      this.#coming.delete(tree)
    }
  }

  /** Ask for what the walk comes to next, from the top of its stack. */
  prefetch(open: readonly Place[]): void {
    const { atOnce } = this.#reader
    for (const { trees } of open.slice(-atOnce).toReversed()) {
      for (const { tree } of trees) {
        if (this.#coming.size >= atOnce) return
        this.#askAhead(tree)
      }
    }
  }

  /** The nodes of a tree that have one of these names. */
  nodes(tree: number, names: ReadonlySet<string>): Promise<StoredNode[]> {
    return this.#reader.nodes(this.#outlines.idOf(tree), { signal: this.#signal, passing: true, names })
  }

  #askAhead(tree: number): void {
    // Who comes to it hears of any trouble then.
    if (!this.#outlines.has(tree)) this.#ask(tree).catch(() => undefined)
  }

  #ask(tree: number): Promise<() => TreeOutline> {
    const known = this.#coming.get(tree)
    if (known !== undefined) return known
    const coming = this.#read(tree)
    this.#coming.set(tree, coming)
    return coming
  }

  async #read(tree: number): Promise<() => TreeOutline> {
    const reading = { signal: this.#signal, passing: true }
    const outline = await this.#reader.read(this.#outlines.idOf(tree), readStoredOutline, reading)
    return this.#outlines.put(tree, outline)
  }
}
