import type { Listing } from './listing.ts'
import { type SelectionRules, selectionRules } from './selection-rules.ts'
import { at, FAILED, LOADED, LOADING, OPEN, ROOT, TreeColumns } from './tree-columns.ts'
import { TreeRows } from './tree-rows.ts'
import { type SelectionSummary, TreeSelection, type Tri } from './tree-selection.ts'

export interface TreeSource {
  readonly rootTreeId: string
  /** One directory's nodes. Called at most once per directory, and again after it failed. */
  load(treeId: string): Promise<Listing>
  /** Told that a directory may be wanted soon. */
  readonly readAhead?: (treeId: string) => void
}

export interface ChosenSelection extends SelectionRules, SelectionSummary {}

/** The tree of one snapshot as a screen has it: what was read, what is open, what is selected, where the keyboard is. */
export class TreeStore {
  readonly columns: TreeColumns
  readonly #rows: TreeRows
  readonly #selection: TreeSelection
  readonly #source: TreeSource
  readonly #errors = new Map<number, unknown>()
  readonly #loads = new Map<number, Promise<void>>()
  readonly #listeners = new Set<() => void>()
  #active = 0
  #activePosition = 0
  #anchor = 0
  #scrolled = 0
  #isToBeShown = false
  #version = 0
  #chosen: { readonly version: number; readonly value: ChosenSelection } | undefined
  #selectionVersion = 0

  constructor(source: TreeSource) {
    this.#source = source
    this.columns = new TreeColumns(source.rootTreeId)
    this.#rows = new TreeRows(this.columns)
    this.#selection = new TreeSelection(this.columns)
  }

  /** For React's `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  readonly version = (): number => this.#version

  /** Rows on the screen: a node, or `~directory` for the note that stands in an empty or unreadable one. */
  get rows(): Int32Array {
    return this.#rows.list
  }

  get isReady(): boolean {
    return this.columns.has(ROOT, LOADED | FAILED)
  }

  level(row: number): number {
    return this.#rows.level(row)
  }

  positionOf(row: number): number {
    return this.#rows.positionOf(row)
  }

  isOpen(node: number): boolean {
    return this.columns.has(node, OPEN)
  }

  isLoading(node: number): boolean {
    return this.columns.has(node, LOADING)
  }

  /** True when the children of a directory are known. */
  isRead(directory: number): boolean {
    return this.columns.has(directory, LOADED)
  }

  /** Why a directory could not be read; undefined when it could. */
  errorOf(directory: number): unknown {
    return this.#errors.get(directory)
  }

  /** Why the directories could not be read that could not. */
  get errors(): Iterable<unknown> {
    return this.#errors.values()
  }

  /** Read the root, once; where that failed, `retry` does it again. */
  async start(): Promise<void> {
    if (this.columns.has(ROOT, LOADED | FAILED)) return
    await this.#load(ROOT)
    if (this.rows.length > 0) return
    this.#rows.expand(ROOT)
    this.#active = at(this.rows, 0)
    this.#emit()
  }

  /** Open a directory, reading it first when that was not done yet. It opens also when that fails, to say so. */
  async open(node: number): Promise<void> {
    if (!this.columns.isDirectory(node) || this.isOpen(node)) return
    await this.#load(node)
    if (this.isOpen(node)) return
    this.columns.set(node, OPEN)
    this.#rows.expand(node)
    this.#emit()
  }

  /** Close a directory; the keyboard comes up to it when it was inside. */
  close(node: number): void {
    if (node === ROOT || !this.isOpen(node)) return
    this.columns.unset(node, OPEN)
    this.#rows.collapse(node)
    if (this.#rows.positionOf(this.#active) < 0) this.#active = node
    this.#emit()
  }

  /** Try again to read a directory that could not be read. */
  async retry(directory: number): Promise<void> {
    if (!this.columns.has(directory, FAILED)) return
    if (this.#active === ~directory) this.#active = directory
    this.#rows.collapse(directory)
    this.columns.unset(directory, FAILED)
    if (directory === ROOT) return this.start()
    this.columns.unset(directory, OPEN)
    await this.open(directory)
  }

  /**
   * Open every directory on the way to a path, put the keyboard on what is there, and bring it into sight. Null where the
   * path leads nowhere; throws why a directory on the way could not be read.
   */
  async reveal(path: string): Promise<number | null> {
    await this.#openForSure(ROOT)
    let node = ROOT
    for (const name of path.split('/').filter((part) => part !== '')) {
      await this.#openForSure(node)
      const child = this.columns.childCalled(node, name)
      if (child === undefined) return null
      node = child
    }
    this.#active = node === ROOT ? at(this.rows, 0) : node
    this.#anchor = this.#active
    this.summon()
    return node
  }

  /** Have the screen bring the active row into sight and take the keyboard there. */
  summon(): void {
    this.#isToBeShown = true
    this.#emit()
  }

  /** Try again to read every directory that could not be read. */
  async retryFailed(): Promise<void> {
    await Promise.all([...this.#errors.keys()].map((directory) => this.retry(directory)))
  }

  /** The row may be opened soon: have its directory read where that was not done yet. */
  readAhead(row: number): void {
    if (row <= ROOT || !this.columns.isDirectory(row) || this.columns.has(row, LOADED | LOADING | FAILED)) return
    const treeId = this.columns.treeId(row)
    if (treeId !== undefined) this.#source.readAhead?.(treeId)
  }

  /** Bytes of a file; of a directory only where all that is below it has been read; else undefined. */
  bytesOf(node: number): number | undefined {
    return at(this.columns.unread, node) === 0 ? at(this.columns.bytes, node) : undefined
  }

  /** True once after each `summon`. */
  takeSummons(): boolean {
    const wanted = this.#isToBeShown
    this.#isToBeShown = false
    return wanted
  }

  tri(node: number): Tri {
    return this.#selection.tri(node)
  }

  toggle(node: number): void {
    this.#selection.set(node, this.tri(node) !== 'on')
    this.#emitSelection()
  }

  /** Choose, or leave out, the row that the keyboard is on; with `range` all from the anchor to there. */
  toggleActive({ range = false }: { readonly range?: boolean } = {}): void {
    const anchor = at(this.rows, this.anchorPosition)
    if (range) this.setRange(this.anchorPosition, this.activePosition, anchor < 0 || this.tri(anchor) !== 'on')
    else if (this.#active > ROOT) this.toggle(this.#active)
  }

  /** Choose the whole snapshot; leave it out when it was chosen. */
  toggleAll(): void {
    this.toggle(ROOT)
  }

  /** Choose, or leave out, every row between two positions, both among them. */
  setRange(from: number, to: number, on: boolean): void {
    for (let position = Math.min(from, to); position <= Math.max(from, to); position += 1) {
      const row = at(this.rows, position)
      if (row > ROOT) this.#selection.set(row, on)
    }
    this.#emitSelection()
  }

  /** Choose one node with all that is below it, and nothing else. */
  chooseOnly(node: number): void {
    this.#selection.set(ROOT, false)
    this.#selection.set(node, true)
    this.#emitSelection()
  }

  /** Choose one node with all that is below it, beside what is chosen. */
  chooseAlso(node: number): void {
    this.#selection.set(node, true)
    this.#emitSelection()
  }

  /** Leave a path out with all that is below it; nothing happens where it was never read. */
  leaveOut(path: string): void {
    let node: number | undefined = ROOT
    for (const name of path.split('/').filter((part) => part !== ''))
      node = node === undefined ? undefined : this.columns.childCalled(node, name)
    if (node === undefined) return
    this.#selection.set(node, false)
    this.#emitSelection()
  }

  clearSelection(): void {
    this.#selection.set(ROOT, false)
    this.#emitSelection()
  }

  /** What is selected now; the same object until the selection, or what has been read of it, changes. */
  readonly chosen = (): ChosenSelection => {
    const version = this.#selectionVersion
    if (this.#chosen?.version !== version)
      this.#chosen = { version, value: { ...this.#selection.summary(), ...selectionRules(this.columns) } }
    return this.#chosen.value
  }

  /** Pixels scrolled, so that the place is found again when the screen is left and entered anew. */
  get scrolled(): number {
    return this.#scrolled
  }

  readonly scrollTo = (top: number): void => {
    this.#scrolled = top
  }

  /** The row that the keyboard is on. */
  get active(): number {
    return this.#active
  }

  get activePosition(): number {
    this.#activePosition = Math.max(0, this.#rows.positionOf(this.#active, this.#activePosition))
    return this.#activePosition
  }

  /** The other end of a range that Shift selects: the active row when the anchor is no longer on the screen. */
  get anchorPosition(): number {
    const position = this.#rows.positionOf(this.#anchor, this.#activePosition)
    return position < 0 ? this.activePosition : position
  }

  /** Put the keyboard on a row; with `extend` the anchor stays behind. */
  moveTo(position: number, { extend = false }: { readonly extend?: boolean } = {}): void {
    this.#activePosition = Math.max(0, Math.min(this.rows.length - 1, position))
    this.#active = at(this.rows, this.#activePosition)
    if (!extend) this.#anchor = this.#active
    this.#emit()
  }

  /** Open a directory, also one that could not be read before; throws why when it cannot be read now. */
  async #openForSure(directory: number): Promise<void> {
    if (this.columns.has(directory, FAILED)) await this.retry(directory)
    else if (directory === ROOT) await this.start()
    else await this.open(directory)
    if (this.columns.has(directory, FAILED)) throw this.#errors.get(directory)
  }

  /** Read a directory that was not read yet; two who want it at once wait for the same. */
  #load(directory: number): Promise<void> {
    if (this.columns.has(directory, LOADED)) return Promise.resolve()
    const known = this.#loads.get(directory)
    if (known !== undefined) return known
    const load = this.#read(directory).finally(() => this.#loads.delete(directory))
    this.#loads.set(directory, load)
    return load
  }

  async #read(directory: number): Promise<void> {
    this.columns.unset(directory, FAILED)
    this.columns.set(directory, LOADING)
    this.#errors.delete(directory)
    this.#emit()
    try {
      const treeId = this.columns.treeId(directory)
      if (treeId === undefined) throw new Error('The snapshot names no listing for this directory.')
      this.columns.append(directory, await this.#source.load(treeId))
      this.#selectionVersion += 1
    } catch (error) {
      this.#errors.set(directory, error)
      this.columns.set(directory, FAILED)
    } finally {
      this.columns.unset(directory, LOADING)
    }
  }

  #emitSelection(): void {
    this.#selectionVersion += 1
    this.#emit()
  }

  #emit(): void {
    this.#version += 1
    for (const listener of this.#listeners) listener()
  }
}
