import { expect, test } from 'vitest'
import { packListing } from './listing.ts'
import { TreeStore } from './tree-store.ts'

const TREES = 400
const STEPS = 60

interface Entry {
  readonly path: string
  readonly directory: boolean
}

/** A random number below `limit`, the same at every run of the same seed. */
function randomOf(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

/** What the selection should be, kept the plain way: one flag for every node there is. */
class Model {
  readonly on = new Map<string, boolean>()
  readonly children = new Map<string, Entry[]>()
  readonly #random: (limit: number) => number

  constructor(random: (limit: number) => number) {
    this.#random = random
    this.#grow('', 0)
  }

  #grow(path: string, depth: number): void {
    const count = depth === 0 ? 2 + this.#random(4) : this.#random(5)
    const entries = Array.from({ length: count }, (_, at) => ({
      path: `${path}/${at}`,
      directory: depth < 3 && this.#random(2) === 0,
    }))
    this.children.set(path, entries)
    for (const entry of entries) {
      this.on.set(entry.path, false)
      if (entry.directory) this.#grow(entry.path, depth + 1)
    }
  }

  under(path: string): string[] {
    return [...this.on.keys()].filter((each) => each.startsWith(`${path}/`))
  }

  /** A directory of which nothing is chosen any more is not chosen either. */
  set(path: string, on: boolean): void {
    for (const each of [path, ...this.under(path)]) this.on.set(each, on)
    if (on) return
    for (let above = parentOf(path); above !== ''; above = parentOf(above)) {
      if (this.under(above).some((each) => this.on.get(each))) return
      this.on.set(above, false)
    }
  }

  isLeaf(path: string): boolean {
    return (this.children.get(path)?.length ?? 0) === 0
  }

  /** A directory counts too: all that is in it may be chosen, and itself not. */
  tri(path: string): string {
    const nodes = [path, ...this.under(path)]
    const count = nodes.filter((each) => this.on.get(each)).length
    return count === 0 ? 'off' : count === nodes.length ? 'on' : 'mixed'
  }

  store(): TreeStore {
    return new TreeStore({
      rootTreeId: '',
      load: async (path) => {
        const entries = this.children.get(path) ?? []
        return packListing([
          {
            name: entries.map((entry) => entry.path.slice(entry.path.lastIndexOf('/') + 1)),
            type: entries.map(({ directory }) => (directory ? 'dir' : 'file')),
            size: entries.map(() => 1),
            modified: entries.map(() => ''),
            mode: entries.map(() => 0),
            treeId: entries.map((entry) => (entry.directory ? entry.path : null)),
            linkTarget: entries.map(() => null),
          },
        ])
      },
    })
  }
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}

/** One random thing that an operator may do, to the store and to the model. */
async function step(store: TreeStore, model: Model, random: (limit: number) => number): Promise<void> {
  const node = 1 + random(store.columns.length - 1)
  const kind = random(4)
  if (kind === 0) return store.open(node)
  if (kind === 1) return store.close(node)
  if (kind === 2) {
    const on = store.tri(node) !== 'on'
    store.toggle(node)
    return model.set(store.columns.path(node), on)
  }
  const from = random(store.rows.length)
  const to = Math.min(store.rows.length - 1, from + random(4))
  const on = random(2) === 0
  const paths = Array.from(
    store.rows.slice(from, to + 1).filter((row) => row > 0),
    (row) => store.columns.path(row),
  )
  store.setRange(from, to, on)
  for (const path of paths) model.set(path, on)
}

/** The rows as a fresh walk over what is open finds them. */
function walked(store: TreeStore, node = 0): number[] {
  const { first, count } = store.columns
  const begin = first[node] ?? 0
  const length = count[node] ?? 0
  if (length === 0) return [~node]
  const children = Array.from({ length }, (_, position) => begin + position)
  return children.flatMap((child) => [child, ...(store.isOpen(child) ? walked(store, child) : [])])
}

/** What the rules say of a path: the nearest rule at or above it. */
function ruled(rules: ReadonlyMap<string, boolean>, path: string): boolean {
  for (let each = path; each !== ''; each = each.slice(0, each.lastIndexOf('/'))) {
    const rule = rules.get(each)
    if (rule !== undefined) return rule
  }
  return rules.get('/') ?? false
}

/** Where the store differs from the model; empty when it does not. */
function differences(store: TreeStore, model: Model): string[] {
  const found: string[] = []
  for (let node = 1; node < store.columns.length; node += 1) {
    const path = store.columns.path(node)
    if (store.tri(node) !== model.tri(path)) found.push(`${path} is ${store.tri(node)}, not ${model.tri(path)}`)
  }
  if (walked(store).join() !== store.rows.join()) found.push(`rows are ${store.rows.join()}`)
  const { include, exclude } = store.chosen()
  const rules = new Map([
    ...include.map((path) => [path, true] as const),
    ...exclude.map((path) => [path, false] as const),
  ])
  for (const [path, on] of model.on) {
    // Of a directory chosen once and now nearly empty, only what is left is said.
    if (model.isLeaf(path) ? ruled(rules, path) !== on : ruled(rules, path) && !on)
      found.push(`the rules are wrong for ${path}`)
  }
  return found
}

test(`${TREES} random trees, ${STEPS} steps each: boxes, rows and rules are as a plain model has them`, async () => {
  const random = randomOf(1)
  for (let tree = 0; tree < TREES; tree += 1) {
    const model = new Model(random)
    const store = model.store()
    await store.start()
    for (let count = 0; count < STEPS; count += 1) {
      await step(store, model, random)
      expect(differences(store, model), `tree ${tree}, step ${count}`).toEqual([])
    }
  }
}, 60_000)
