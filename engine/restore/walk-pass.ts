import { isFault } from '../../contract/errors.ts'
import { type Branch, branchOf } from '../repository/name-branches.ts'
import type { StoredNode } from '../repository/stored-node.ts'
import type { TreeReader } from '../repository/tree-reader.ts'
import type { RestorePatterns } from '../restic/restore.ts'
import { pathNotFound } from './directories.ts'
import { joined } from './paths.ts'

/** Something that restic restores. */
export interface PassNode {
  /** Full snapshot path. */
  readonly path: string
  readonly node: StoredNode
  /** It is selected, and not merely a folder on the way to what is. */
  readonly chosen: boolean
}

export interface PassWalk<T> {
  readonly reader: Pick<TreeReader, 'nodes' | 'atOnce'>
  /** The tree of `base`. */
  readonly treeId: string
  readonly base: string
  readonly patterns: RestorePatterns
  readonly signal?: AbortSignal | undefined
  /** What is known of `base` in the target. */
  readonly above: T
  /** Told of each node, with what was answered for its folder; undefined where only what cannot be restored is in it. */
  readonly visit: (found: PassNode, above: T | undefined) => T
  /** Told of a folder that cannot be read: the rest can be restored, and restic will name what cannot. */
  readonly onUnread: (path: string) => void
}

/** A folder that is visited no sooner than something in it has to be. */
interface Folder<T> {
  readonly found: PassNode | null
  readonly above: Folder<T> | null
  answer: T | undefined
}

interface Place<T> {
  readonly path: string
  readonly nodes: Promise<StoredNode[]>
  /** Null where no pattern speaks of what is below. */
  readonly branch: Branch | null
  readonly chosen: boolean
  readonly folder: Folder<T>
}

/**
 * Visit every node that restic would restore with these patterns, in the order in which it does, folders before what is
 * in them: our own reading of its rules (`cmd/restic/cmd_restore.go`, `internal/restorer`). A folder on the way comes only
 * when something below it does. Directories are read ahead, as many at once as the reader takes. Throws `not_found` (path)
 * for a path to include that is not there, and what reading throws.
 */
export async function walkPass<T>(walk: PassWalk<T>): Promise<void> {
  const { patterns, base, treeId, above } = walk
  const branch = patterns.kind === 'everything' ? null : branchOf(patterns.paths)
  const folder = { found: null, above: null, answer: above }
  const nodes = readNodes(walk, { treeId, names: namesIn(walk, branch) })
  await new Walker(walk).directory({ path: base, nodes, branch, chosen: false, folder })
}

class Walker<T> {
  readonly #walk: PassWalk<T>
  readonly #including: boolean

  constructor(walk: PassWalk<T>) {
    this.#walk = walk
    this.#including = walk.patterns.kind === 'include'
  }

  async directory(place: Place<T>): Promise<void> {
    const nodes = await this.#nodesOf(place)
    if (nodes === undefined) return
    if (this.#including) requireNamed(place, nodes)
    const ahead = this.#readAhead(nodes, place)
    for (const node of nodes) {
      const choice = this.#choose(place, node)
      if (choice === undefined) continue
      const found = { path: joined(place.path, `/${node.name}`), node, chosen: choice.chosen }
      const folder: Folder<T> = { found, above: place.folder, answer: undefined }
      // What restic does not restore makes no folder necessary.
      if (node.type === 'socket') this.#walk.visit(found, place.folder.answer)
      else if (choice.chosen) this.#visit(folder)
      if (node.treeId !== null)
        await this.directory({ path: found.path, nodes: ahead.take(node.treeId), ...choice, folder })
    }
  }

  async #nodesOf({ nodes, path }: Place<T>): Promise<StoredNode[] | undefined> {
    try {
      return await nodes
    } catch (error) {
      const isBroken = isFault(error, 'tool_failed') || isFault(error, 'not_found')
      if (!isBroken || path === this.#walk.base) throw error
      this.#walk.onUnread(path)
      return undefined
    }
  }

  #visit(folder: Folder<T>): T | undefined {
    if (folder.answer === undefined && folder.found !== null) {
      const above = folder.above === null ? undefined : this.#visit(folder.above)
      folder.answer = this.#walk.visit(folder.found, above)
    }
    return folder.answer
  }

  /** Undefined for what is not visited. */
  #choose(place: Place<T>, node: StoredNode): Pick<Place<T>, 'branch' | 'chosen'> | undefined {
    const branch = place.branch?.children.get(node.name)
    if (!this.#including) return branch?.ends ? undefined : { branch: branch ?? null, chosen: true }
    if (place.chosen || branch?.ends) return { branch: null, chosen: true }
    return branch === undefined ? undefined : { branch, chosen: false }
  }

  #readAhead(nodes: readonly StoredNode[], place: Place<T>): ReadAhead {
    const wanted = nodes.flatMap((node) => {
      const choice = node.treeId === null ? undefined : this.#choose(place, node)
      if (node.treeId === null || choice === undefined) return []
      return [{ treeId: node.treeId, names: choice.chosen ? undefined : namesIn(this.#walk, choice.branch) }]
    })
    return new ReadAhead(this.#walk, wanted)
  }
}

/** Reads the directories of one directory in their order, some before they are asked for. */
class ReadAhead {
  readonly #walk: Reading
  readonly #wanted: readonly WantedNodes[]
  readonly #begun: Promise<StoredNode[]>[] = []
  #next = 0

  constructor(walk: Reading, wanted: readonly WantedNodes[]) {
    this.#walk = walk
    this.#wanted = wanted
  }

  take(treeId: string): Promise<StoredNode[]> {
    while (this.#begun.length < this.#walk.reader.atOnce && this.#next < this.#wanted.length) {
      const wanted = this.#wanted[this.#next]
      if (wanted === undefined) break
      const reading = readNodes(this.#walk, wanted)
      // It is thrown at whoever takes it; nobody may, when an earlier one has failed.
      reading.catch(() => undefined)
      this.#begun.push(reading)
      this.#next += 1
    }
    return this.#begun.shift() ?? readNodes(this.#walk, { treeId, names: undefined })
  }
}

type Reading = Pick<PassWalk<unknown>, 'reader' | 'signal'>

/** A directory, and which of its nodes alone are looked for. */
interface WantedNodes {
  readonly treeId: string
  readonly names: ReadonlySet<string> | undefined
}

/** On the way to what is selected nothing else is looked at. */
function namesIn({ patterns }: Pick<PassWalk<unknown>, 'patterns'>, branch: Branch | null): WantedNodes['names'] {
  return patterns.kind === 'include' && branch !== null ? new Set(branch.children.keys()) : undefined
}

function readNodes({ reader, signal }: Reading, { treeId, names }: WantedNodes): Promise<StoredNode[]> {
  return reader.nodes(treeId, { passing: true, signal, names })
}

/** restic calls it a success when a pattern matches nothing. */
function requireNamed(
  { path, branch, chosen }: Pick<Place<unknown>, 'path' | 'branch' | 'chosen'>,
  nodes: readonly StoredNode[],
): void {
  if (branch === null || chosen) return
  const missing = new Map(branch.children)
  for (const node of nodes) {
    const child = missing.get(node.name)
    if (child !== undefined && (child.ends || node.treeId !== null)) missing.delete(node.name)
  }
  for (const [name, child] of missing) throw pathNotFound(`${joined(path, `/${name}`)}${firstEnd(child)}`)
}

function firstEnd(branch: Branch): string {
  if (branch.ends) return ''
  for (const [name, child] of branch.children) return `/${name}${firstEnd(child)}`
  return ''
}
