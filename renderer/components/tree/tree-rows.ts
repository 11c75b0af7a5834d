import { at, FAILED, OPEN, ROOT, type TreeColumns } from './tree-columns.ts'

/**
 * The rows on the screen, top to bottom. A row is a node, or the note of an open directory that has no rows of its own
 * (it is empty, or could not be read): the note of directory `d` is `~d`, which is negative.
 */
export class TreeRows {
  list = new Int32Array(0)
  readonly #tree: TreeColumns

  constructor(tree: TreeColumns) {
    this.#tree = tree
  }

  /** The position of a row; -1 when it is not on the screen. `hint` is where it was last. */
  positionOf(row: number, hint = -1): number {
    return this.list[hint] === row ? hint : this.list.indexOf(row)
  }

  level(row: number): number {
    return row < 0 ? at(this.#tree.level, ~row) + 1 : at(this.#tree.level, row)
  }

  /** Put the rows of a directory that was opened below it. Nothing happens when it is not on the screen itself. */
  expand(directory: number): void {
    const position = this.positionOf(directory)
    if (directory !== ROOT && position < 0) return
    this.#splice(position + 1, 0, this.#shown(directory))
  }

  /** Take away what stands below a directory that was closed. */
  collapse(directory: number): void {
    const position = this.positionOf(directory)
    if (directory !== ROOT && position < 0) return
    const level = at(this.#tree.level, directory)
    let end = position + 1
    while (end < this.list.length && this.level(at(this.list, end)) > level) end += 1
    this.#splice(position + 1, end - position - 1, new Int32Array(0))
  }

  #shown(directory: number): Int32Array {
    const found: number[] = []
    const walk = (node: number): void => {
      const count = at(this.#tree.count, node)
      if (count === 0 || this.#tree.has(node, FAILED)) found.push(~node)
      const end = at(this.#tree.first, node) + count
      for (let child = at(this.#tree.first, node); child < end; child += 1) {
        found.push(child)
        if (this.#tree.has(child, OPEN)) walk(child)
      }
    }
    walk(directory)
    return Int32Array.from(found)
  }

  #splice(start: number, removed: number, added: Int32Array): void {
    const next = new Int32Array(this.list.length - removed + added.length)
    next.set(this.list.subarray(0, start))
    next.set(added, start)
    next.set(this.list.subarray(start + removed), start + added.length)
    this.list = next
  }
}
