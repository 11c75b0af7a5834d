import { type Directories, pathNotFound } from './directories.ts'
import { below, type Choice, countMixed, type RuleNode } from './rules.ts'

/** restic compares every entry it visits with every pattern: with more of them a shorter list is looked for. */
const LONG = 500
/** How many directories more may be listed in the hope of a shorter list of patterns. */
const LISTING_LIMIT = 16

/** A set of paths that, each with all below it, is exactly what is `choice`. */
export interface Cover {
  readonly choice: Choice
  readonly paths: readonly string[]
}

/**
 * The shorter way to say what rules choose at and below a directory: what is in, or what is out of it. No path that is in
 * when that is nothing. A folder all of whose contents are left out comes back empty or not at all. Throws `not_found`
 * (path) where a directory had to be listed and lacks what the selection names; other paths are not looked up here.
 */
export async function coverSelection(rules: RuleNode, directories: Directories): Promise<Cover> {
  // What differs from the root's own choice: directories are listed only where a rule lies within a rule.
  const nested = await coverOf(rules, rules.choice === 'in' ? 'out' : 'in', directories)
  if (nested.paths.length <= LONG || countMixed(rules, rules.choice) > LISTING_LIMIT) return nested
  const whole = await coverOf(rules, rules.choice, directories)
  return whole.paths.length < nested.paths.length ? whole : nested
}

async function coverOf(rules: RuleNode, choice: Choice, directories: Directories): Promise<Cover> {
  const paths: string[] = []
  await collect(rules, { choice, directories, paths })
  // Neighbours in one pass, so that each pass visits few directories.
  return { choice, paths: paths.sort() }
}

interface Collection {
  readonly choice: Choice
  readonly directories: Directories
  readonly paths: string[]
}

async function collect(node: RuleNode, collection: Collection): Promise<void> {
  if (node.choice !== collection.choice) {
    for (const child of node.children.values()) await collect(child, collection)
    return
  }
  if (node.children.size === 0) {
    collection.paths.push(node.path)
    return
  }
  const entries = await collection.directories.entries(node.path)
  for (const name of entries.keys()) {
    if (!node.children.has(name)) collection.paths.push(below(node.path, name))
  }
  for (const [name, child] of node.children) {
    if (entries.has(name)) await collect(child, collection)
    else refuseSelected(child)
  }
}

/** What is not there cannot be restored; that it should be left out does no harm. */
function refuseSelected(node: RuleNode): void {
  if (node.choice === 'in') throw pathNotFound(node.path)
  for (const child of node.children.values()) refuseSelected(child)
}
