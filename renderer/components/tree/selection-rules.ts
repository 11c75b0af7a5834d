import { at, ROOT, type TreeColumns } from './tree-columns.ts'

export interface SelectionRules {
  readonly include: readonly string[]
  readonly exclude: readonly string[]
}

/** How many rules say what is chosen below a node, if the node itself is out or in. */
interface Cost {
  readonly out: number
  readonly in: number
}

/**
 * The selection as rules: everything at or below a path in `include`, but for what is at or below a path in `exclude`;
 * the nearest rule decides. Where a directory was chosen and then nearly all of it left out, it says what is left. A
 * directory that was not chosen itself is never said, however much of it was: it has a mode, an owner and, on the host,
 * perhaps more in it.
 */
export function selectionRules(tree: TreeColumns): SelectionRules {
  const costs = new Map<number, Cost>()
  measure(tree, { node: ROOT, inherited: false, costs })
  const include: string[] = []
  const exclude: string[] = []
  const write = (node: number, inherited: boolean, base: boolean): void => {
    const on = stateOf(tree, node, inherited)
    const cost = costs.get(node)
    const said = cost === undefined || !on ? on : turns(cost, base) ? !base : base
    if (said !== base) (said ? include : exclude).push(tree.path(node))
    if (cost !== undefined) for (const child of children(tree, node)) write(child, on, said)
  }
  write(ROOT, false, false)
  return { include, exclude }
}

interface Measuring {
  readonly node: number
  readonly inherited: boolean
  readonly costs: Map<number, Cost>
}

function measure(tree: TreeColumns, { node, inherited, costs }: Measuring): Cost {
  const on = stateOf(tree, node, inherited)
  if (at(tree.below, node) === 0) return { out: on ? 1 : 0, in: on ? 0 : 1 }
  let out = 0
  let within = 0
  for (const child of children(tree, node)) {
    const cost = measure(tree, { node: child, inherited: on, costs })
    out += cost.out
    within += cost.in
  }
  const kept: Cost = { out, in: within }
  costs.set(node, kept)
  if (!on) return { out: kept.out, in: kept.out + 1 }
  return {
    out: turns(kept, false) ? kept.in + 1 : kept.out,
    in: turns(kept, true) ? kept.out + 1 : kept.in,
  }
}

/** A rule for the directory itself is worth it when it at least halves the rules; else a plain list reads better. */
function turns(cost: Cost, base: boolean): boolean {
  return base ? 2 * (cost.out + 1) < cost.in : 2 * (cost.in + 1) < cost.out
}

function stateOf(tree: TreeColumns, node: number, inherited: boolean): boolean {
  const mark = at(tree.mark, node)
  return mark === 0 ? inherited : mark === 1
}

function* children(tree: TreeColumns, node: number): Generator<number> {
  const end = at(tree.first, node) + at(tree.count, node)
  for (let child = at(tree.first, node); child < end; child += 1) yield child
}
