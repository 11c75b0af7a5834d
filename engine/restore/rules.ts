import type { Selection } from '../../contract/shapes/restore.ts'

/** Whether a path is to be restored. */
export type Choice = 'in' | 'out'

/** A path that a rule speaks of, or that lies on the way to one. */
export interface RuleNode {
  /** Full snapshot path; `/` is the root. */
  readonly path: string
  /** What the nearest rule says of it. */
  readonly choice: Choice
  /** By name: only those at or below which the choice changes. A node that has some is called mixed. */
  readonly children: ReadonlyMap<string, RuleNode>
}

interface Draft {
  rule: Choice | null
  readonly children: Map<string, Draft>
}

/**
 * The rules of a selection as a tree, without those that repeat what holds already. Of two opposite rules for one
 * path the one that leaves it out holds.
 */
export function readRules(selection: Selection): RuleNode {
  const root: Draft = { rule: null, children: new Map() }
  for (const path of selection.include) draftAt(root, path).rule = 'in'
  for (const path of selection.exclude) draftAt(root, path).rule = 'out'
  return settle(root, '/', 'out')
}

/** How many mixed nodes are themselves `choice`. */
export function countMixed(node: RuleNode, choice: Choice): number {
  if (node.children.size === 0) return 0
  let count = node.choice === choice ? 1 : 0
  for (const child of node.children.values()) count += countMixed(child, choice)
  return count
}

/** The path of an entry of a directory; the root directory is `/`. */
export function below(directory: string, name: string): string {
  return directory === '/' ? `/${name}` : `${directory}/${name}`
}

function draftAt(root: Draft, path: string): Draft {
  let draft = root
  for (const name of path.split('/')) {
    if (name === '') continue
    const next = draft.children.get(name) ?? { rule: null, children: new Map() }
    draft.children.set(name, next)
    draft = next
  }
  return draft
}

function settle(draft: Draft, path: string, inherited: Choice): RuleNode {
  const choice = draft.rule ?? inherited
  const children = new Map<string, RuleNode>()
  for (const [name, child] of draft.children) {
    const settled = settle(child, below(path, name), choice)
    if (settled.children.size > 0 || settled.choice !== choice) children.set(name, settled)
  }
  return { path, choice, children }
}

/** Directories at or below a node where what is selected begins, and how each goes on below. */
export interface Top {
  readonly path: string
  /** Paths below it that are left out, the nearest ones. */
  readonly leftOut: readonly string[]
}

/** All of them: one within a directory that is left out of another counts by itself. */
export function topsOf(node: RuleNode): Top[] {
  if (node.choice === 'out') return [...node.children.values()].flatMap(topsOf)
  const leftOut = [...node.children.values()].flatMap(nearestOut)
  const within = leftOut.flatMap((out) => [...out.children.values()].flatMap(topsOf))
  return [{ path: node.path, leftOut: leftOut.map((out) => out.path) }, ...within]
}

/** Those that are within no other; each holds by the rules below it. */
export function outermostTops(node: RuleNode): RuleNode[] {
  return node.choice === 'in' ? [node] : [...node.children.values()].flatMap(outermostTops)
}

/** The rules at a directory, where some speak of it or of what is below it. */
export function rulesAt(root: RuleNode, path: string): RuleNode | undefined {
  let node: RuleNode | undefined = root
  for (const name of path.split('/')) if (name !== '') node = node?.children.get(name)
  return node
}

function nearestOut(node: RuleNode): RuleNode[] {
  return node.choice === 'out' ? [node] : [...node.children.values()].flatMap(nearestOut)
}

/** What the rules say of any path. */
export function choiceAt(root: RuleNode, path: string): Choice {
  let node = root
  for (const name of path.split('/')) {
    if (name === '') continue
    const child = node.children.get(name)
    if (child === undefined) return node.choice
    node = child
  }
  return node.choice
}
