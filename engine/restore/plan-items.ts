import {
  type Difference,
  differenceSchema,
  type PlanAction,
  type PlanTotals,
  planActionSchema,
} from '../../contract/shapes/restore.ts'
import { type NodeType, nodeTypeSchema } from '../../contract/shapes/tree.ts'
import { NumberColumn } from './number-column.ts'

/** What a restore would make of one file, folder, link or other node. */
export interface PlanItem {
  /** Exact path in the snapshot; of what is deleted, in the target as the snapshot would name it. */
  readonly path: string
  readonly type: NodeType
  readonly action: PlanAction
  /** Bytes of a file, as the snapshot has it, or the target where it is deleted; 0 for all else. */
  readonly size: number
  /** In what the target's differs; empty for what is created or unchanged. */
  readonly differs: readonly Difference[]
  /** The path below the target where it comes to be, where that is not what the layout says; null else. */
  readonly comesAs: string | null
  /** Which of the request's sources it is from; -1 for what is deleted. */
  readonly source: number
  /** As the snapshot has them: permission bits, owner, group, and time in milliseconds since 1970 with a fraction. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly modified: number
}

const ACTIONS = planActionSchema.options
const DIFFERENCES = differenceSchema.options
const TYPES = nodeTypeSchema.options
const NO_DIFFERENCES: readonly Difference[] = []

/** Some items of a plan as plain values, for a pipe or a file; numbers stand for words in the contract's order. */
export interface PlanPortion {
  /** Folders of paths, each for the items that name it by its place here. */
  readonly folders: readonly string[]
  readonly folder: readonly number[]
  readonly name: readonly string[]
  readonly type: readonly number[]
  readonly action: readonly number[]
  readonly differs: readonly number[]
  readonly source: readonly number[]
  readonly size: readonly number[]
  readonly mode: readonly number[]
  readonly uid: readonly number[]
  readonly gid: readonly number[]
  readonly modified: readonly number[]
  readonly comesAs: readonly (string | null)[]
}

/**
 * The items of a plan, a million or more of them: numbers in columns, and of each path only the last part, with its folder
 * once. They stand in the order in which they were added, folders before what is in them.
 */
export class PlanItems {
  readonly #folders: string[] = []
  readonly #folderOf = new NumberColumn((room) => new Uint32Array(room))
  readonly #names: string[] = []
  readonly #types = new NumberColumn((room) => new Uint8Array(room))
  readonly #actions = new NumberColumn((room) => new Uint8Array(room))
  readonly #differs = new NumberColumn((room) => new Uint8Array(room))
  readonly #sources = new NumberColumn((room) => new Int8Array(room))
  readonly #sizes = new NumberColumn((room) => new Float64Array(room))
  readonly #modes = new NumberColumn((room) => new Uint16Array(room))
  readonly #users = new NumberColumn((room) => new Uint32Array(room))
  readonly #groups = new NumberColumn((room) => new Uint32Array(room))
  readonly #modified = new NumberColumn((room) => new Float64Array(room))
  readonly #comesAs = new Map<number, string>()

  get length(): number {
    return this.#names.length
  }

  add(item: PlanItem): void {
    const end = item.path.lastIndexOf('/')
    this.#add(item.path.slice(0, end), item.path.slice(end + 1), {
      ...item,
      type: TYPES.indexOf(item.type),
      action: ACTIONS.indexOf(item.action),
      differs: bitsOf(item.differs),
    })
  }

  #add(folder: string, name: string, item: Coded): void {
    const at = this.length
    if (this.#folders.at(-1) !== folder) this.#folders.push(folder)
    this.#folderOf.set(at, this.#folders.length - 1)
    this.#names.push(name)
    this.#types.set(at, item.type)
    this.#actions.set(at, item.action)
    this.#differs.set(at, item.differs)
    this.#sources.set(at, item.source)
    this.#sizes.set(at, item.size)
    this.#modes.set(at, item.mode)
    this.#users.set(at, item.uid)
    this.#groups.set(at, item.gid)
    this.#modified.set(at, item.modified)
    if (item.comesAs !== null) this.#comesAs.set(at, item.comesAs)
  }

  /** What is known better now of an item that stands there. */
  settle(at: number, known: Partial<Omit<PlanItem, 'path' | 'type' | 'size' | 'source'>>): void {
    if (known.action !== undefined) this.#actions.set(at, ACTIONS.indexOf(known.action))
    if (known.differs !== undefined) this.#differs.set(at, bitsOf(known.differs))
    if (known.mode !== undefined) this.#modes.set(at, known.mode)
    if (known.uid !== undefined) this.#users.set(at, known.uid)
    if (known.gid !== undefined) this.#groups.set(at, known.gid)
    if (known.modified !== undefined) this.#modified.set(at, known.modified)
    if (typeof known.comesAs === 'string') this.#comesAs.set(at, known.comesAs)
  }

  /** Throws `RangeError` for a place where there is none. */
  at(at: number): PlanItem {
    return {
      path: this.path(at),
      type: this.type(at),
      action: this.action(at),
      size: this.size(at),
      differs: this.differs(at),
      comesAs: this.comesAs(at),
      source: this.source(at),
      mode: this.#modes.get(at),
      uid: this.#users.get(at),
      gid: this.#groups.get(at),
      modified: this.modified(at),
    }
  }

  path(at: number): string {
    const name = this.#names[at]
    if (name === undefined) throw new RangeError(`There is no item ${at} among ${this.length}.`)
    return `${this.#folders[this.#folderOf.get(at)] ?? ''}/${name}`
  }

  action(at: number): PlanAction {
    return ACTIONS[this.#actions.get(at)] ?? 'skip'
  }

  type(at: number): NodeType {
    return TYPES[this.#types.get(at)] ?? 'irregular'
  }

  size(at: number): number {
    return this.#sizes.get(at)
  }

  source(at: number): number {
    return this.#sources.get(at)
  }

  modified(at: number): number {
    return this.#modified.get(at)
  }

  comesAs(at: number): string | null {
    return this.#comesAs.get(at) ?? null
  }

  differs(at: number): readonly Difference[] {
    const bits = this.#differs.get(at)
    return bits === 0 ? NO_DIFFERENCES : DIFFERENCES.filter((_, bit) => (bits & (1 << bit)) !== 0)
  }

  totals(): PlanTotals {
    const totals = {
      delete: { items: 0, bytes: 0 },
      update: { items: 0, bytes: 0 },
      create: { items: 0, bytes: 0 },
      skip: { items: 0, bytes: 0 },
      unchanged: { items: 0, bytes: 0 },
    }
    for (let at = 0; at < this.length; at += 1) {
      const amount = totals[this.action(at)]
      amount.items += 1
      amount.bytes += this.size(at)
    }
    return totals
  }

  /** All of them, so many at a time. */
  *portions(size: number): Generator<PlanPortion, void, void> {
    for (let from = 0; from < this.length; from += size) yield this.#portion(from, Math.min(from + size, this.length))
  }

  /** What was taken apart by `portions`, whatever their size. */
  static fromPortions(portions: Iterable<PlanPortion>): PlanItems {
    const items = new PlanItems()
    for (const portion of portions) items.addPortion(portion)
    return items
  }

  addPortion(portion: PlanPortion): void {
    for (const [at, name] of portion.name.entries()) {
      this.#add(portion.folders[portion.folder[at] ?? -1] ?? '', name, {
        type: portion.type[at] ?? 0,
        action: portion.action[at] ?? 0,
        differs: portion.differs[at] ?? 0,
        source: portion.source[at] ?? 0,
        size: portion.size[at] ?? 0,
        mode: portion.mode[at] ?? 0,
        uid: portion.uid[at] ?? 0,
        gid: portion.gid[at] ?? 0,
        modified: portion.modified[at] ?? 0,
        comesAs: portion.comesAs[at] ?? null,
      })
    }
  }

  #portion(from: number, to: number): PlanPortion {
    const folders = this.#folderOf.slice(from, to)
    const first = folders[0] ?? 0
    return {
      folders: this.#folders.slice(first, (folders.at(-1) ?? 0) + 1),
      folder: folders.map((folder) => folder - first),
      name: this.#names.slice(from, to),
      type: this.#types.slice(from, to),
      action: this.#actions.slice(from, to),
      differs: this.#differs.slice(from, to),
      source: this.#sources.slice(from, to),
      size: this.#sizes.slice(from, to),
      mode: this.#modes.slice(from, to),
      uid: this.#users.slice(from, to),
      gid: this.#groups.slice(from, to),
      modified: this.#modified.slice(from, to),
      comesAs: folders.map((_, at) => this.comesAs(from + at)),
    }
  }
}

type Coded = Omit<PlanItem, 'path' | 'type' | 'action' | 'differs'> & Record<'type' | 'action' | 'differs', number>

function bitsOf(differs: readonly Difference[]): number {
  return differs.reduce((bits, difference) => bits | (1 << DIFFERENCES.indexOf(difference)), 0)
}
