import { at, ROOT, type TreeColumns } from './tree-columns.ts'

export type Tri = 'on' | 'off' | 'mixed'

export interface SelectionSummary {
  /** Things chosen: a directory with all that is in it is one. */
  readonly count: number
  /** Bytes of what is chosen, as far as it has been read. */
  readonly bytes: number
  /** Chosen directories that have not been read, so that there may be more bytes. */
  readonly unread: number
}

/**
 * What is selected, as marks on nodes and never as a list of leaves: a node without a mark is as its parent. So a
 * directory that has not been read can be chosen, and what is read of it later is chosen with it.
 */
export class TreeSelection {
  readonly #tree: TreeColumns

  constructor(tree: TreeColumns) {
    this.#tree = tree
  }

  tri(node: number): Tri {
    if (at(this.#tree.below, node) > 0) return 'mixed'
    return this.#isIn(node) ? 'on' : 'off'
  }

  /** Choose, or leave out, a node with all that is below it. */
  set(node: number, on: boolean): void {
    const tree = this.#tree
    const parent = at(tree.parent, node)
    const hadMark = at(tree.mark, node) === 0 ? 0 : 1
    const marksBefore = at(tree.below, node) + hadMark
    this.#wipe(node)
    const mark = on ? 1 : 2
    if (node === ROOT) {
      tree.mark[ROOT] = mark
      return
    }
    const isNew = this.#isIn(parent) !== on
    tree.mark[node] = isNew ? mark : 0
    const hasMark = isNew ? 1 : 0
    tree.marked[parent] = at(tree.marked, parent) + hasMark - hadMark
    const change = hasMark - marksBefore
    if (change !== 0)
      for (let each = parent; each >= ROOT; each = at(tree.parent, each))
        tree.below[each] = at(tree.below, each) + change
    this.#lift(parent)
  }

  /** Walks only where the selection is mixed. */
  summary(): SelectionSummary {
    let count = 0
    let bytes = 0
    let unread = 0
    const tree = this.#tree
    const walk = (node: number, inherited: boolean): void => {
      const mark = at(tree.mark, node)
      const on = mark === 0 ? inherited : mark === 1
      if (mark === 1) count += 1
      if (at(tree.below, node) > 0) {
        const end = at(tree.first, node) + at(tree.count, node)
        for (let child = at(tree.first, node); child < end; child += 1) walk(child, on)
      } else if (on) {
        bytes += at(tree.bytes, node)
        unread += at(tree.unread, node)
      }
    }
    walk(ROOT, false)
    return { count, bytes, unread }
  }

  #isIn(node: number): boolean {
    let each = node
    while (at(this.#tree.mark, each) === 0) each = at(this.#tree.parent, each)
    return at(this.#tree.mark, each) === 1
  }

  /**
   * A directory of which nothing is chosen any more is not chosen either. It does not hold the other way round: who chose
   * all that is in a directory has not chosen the directory, with its mode, its owner and what else may be in it.
   */
  #lift(from: number): void {
    let directory = from
    while (directory > ROOT && at(this.#tree.below, directory) === 0) directory = at(this.#tree.parent, directory)
    if (directory > ROOT && this.#isIn(directory) && this.#allMarked(directory)) this.set(directory, false)
  }

  /** Every child differs from its directory and nothing is mixed deeper. */
  #allMarked(directory: number): boolean {
    const { marked, count, below } = this.#tree
    return at(marked, directory) === at(count, directory) && at(below, directory) === at(count, directory)
  }

  /** Drop every mark below a node; enters only directories that hold some. */
  #wipe(node: number): void {
    const { below, first, count, mark, marked } = this.#tree
    if (at(below, node) === 0) return
    const end = at(first, node) + at(count, node)
    for (let child = at(first, node); child < end; child += 1) {
      mark[child] = 0
      this.#wipe(child)
    }
    below[node] = 0
    marked[node] = 0
  }
}
