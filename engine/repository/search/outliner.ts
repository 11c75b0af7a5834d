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
  readonly #coming = new Map<number, Promise<TreeOutline>>()

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

  /** The outlines of a place's trees, in their order; undefined when one has to be waited for. */
  allNow({ trees }: Place): TreeOutline[] | undefined {
    const outlines: TreeOutline[] = []
    for (const { tree } of trees) {
      const outline = this.#outlines.get(tree)
      if (outline === undefined) return undefined
      outlines.push(outline)
    }
    this.#arrived(trees)
    return outlines
  }

  async all({ trees }: Place): Promise<TreeOutline[]> {
    const outlines = await Promise.all(trees.map(async ({ tree }) => this.#outlines.get(tree) ?? this.#ask(tree)))
    this.#arrived(trees)
    return outlines
  }

  /** Ask for what the walk comes to next, from the top of its stack. */
  prefetch(open: readonly Place[]): void {
    for (let at = open.length - 1; at >= 0 && this.#coming.size < this.#reader.atOnce; at -= 1) {
      for (const { tree } of open[at]?.trees ?? []) {
        if (this.#outlines.get(tree) !== undefined) continue
        // Who comes to it hears of any trouble then.
        this.#ask(tree).catch(() => undefined)
      }
      if (open.length - at > this.#reader.atOnce) return
    }
  }

  /** The nodes of a tree that have one of these names. */
  nodes(tree: number, names: ReadonlySet<string>): Promise<StoredNode[]> {
    return this.#reader.nodes(this.#outlines.idOf(tree), { signal: this.#signal, passing: true, names })
  }

  #arrived(trees: Place['trees']): void {
    if (this.#coming.size > 0) for (const { tree } of trees) this.#coming.delete(tree)
  }

  #ask(tree: number): Promise<TreeOutline> {
    const known = this.#coming.get(tree)
    if (known !== undefined) return known
    const coming = this.#read(tree)
    this.#coming.set(tree, coming)
    return coming
  }

  async #read(tree: number): Promise<TreeOutline> {
    const reading = { signal: this.#signal, passing: true }
    const outline = await this.#reader.read(this.#outlines.idOf(tree), readStoredOutline, reading)
    return this.#outlines.put(tree, outline)
  }
}
