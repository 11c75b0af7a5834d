import {
  type Difference,
  differenceSchema,
  type PlanAction,
  type PlanTotals,
  planActionSchema,
} from '../../contract/shapes/restore.ts'
import { type NodeType, nodeTypeSchema } from '../../contract/shapes/tree.ts'

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
const FIRST_ROOM = 1024

/**
 * The items of a plan, a million or more of them: numbers in columns, and of each path only the last part, with its folder
 * once. They stand in the order in which they were added, folders before what is in them.
 */
export class PlanItems {
  readonly #folders: string[] = []
  readonly #folderOf = new Column((room) => new Uint32Array(room))
  readonly #names: string[] = []
  readonly #types = new Column((room) => new Uint8Array(room))
  readonly #actions = new Column((room) => new Uint8Array(room))
  readonly #differs = new Column((room) => new Uint8Array(room))
  readonly #sources = new Column((room) => new Int8Array(room))
  readonly #sizes = new Column((room) => new Float64Array(room))
  readonly #modes = new Column((room) => new Uint16Array(room))
  readonly #users = new Column((room) => new Uint32Array(room))
  readonly #groups = new Column((room) => new Uint32Array(room))
  readonly #modified = new Column((room) => new Float64Array(room))
  readonly #comesAs = new Map<number, string>()

  get length(): number {
    return this.#names.length
  }

  add(item: PlanItem): void {
    const at = this.length
    const end = item.path.lastIndexOf('/')
    const folder = item.path.slice(0, end)
    if (this.#folders.at(-1) !== folder) this.#folders.push(folder)
    this.#folderOf.set(at, this.#folders.length - 1)
    this.#names.push(item.path.slice(end + 1))
    this.#types.set(at, TYPES.indexOf(item.type))
    this.#actions.set(at, ACTIONS.indexOf(item.action))
    this.#differs.set(
      at,
      item.differs.reduce((bits, difference) => bits | (1 << DIFFERENCES.indexOf(difference)), 0),
    )
    this.#sources.set(at, item.source)
    this.#sizes.set(at, item.size)
    this.#modes.set(at, item.mode)
    this.#users.set(at, item.uid)
    this.#groups.set(at, item.gid)
    this.#modified.set(at, item.modified)
    if (item.comesAs !== null) this.#comesAs.set(at, item.comesAs)
  }

  /** Throws `RangeError` for a place where there is none. */
  at(at: number): PlanItem {
    return {
      path: this.path(at),
      type: this.type(at),
      action: this.action(at),
      size: this.size(at),
      differs: this.differs(at),
      comesAs: this.#comesAs.get(at) ?? null,
      source: this.#sources.get(at),
      mode: this.#modes.get(at),
      uid: this.#users.get(at),
      gid: this.#groups.get(at),
      modified: this.#modified.get(at),
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
}

interface Numbers {
  [at: number]: number
  readonly length: number
  set(values: never): void
}

/** A list of numbers of one width that grows. */
class Column<N extends Numbers & { set(other: N): void }> {
  readonly #make: (room: number) => N
  #values: N

  constructor(make: (room: number) => N) {
    this.#make = make
    this.#values = make(FIRST_ROOM)
  }

  get(at: number): number {
    return this.#values[at] ?? 0
  }

  set(at: number, value: number): void {
    if (at >= this.#values.length) {
      const wider = this.#make(this.#values.length * 2)
      wider.set(this.#values)
      this.#values = wider
    }
    this.#values[at] = value
  }
}
