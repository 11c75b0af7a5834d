import type { Branch } from '../name-branches.ts'
import { NodeScan } from '../node-scan.ts'
import { parseStored, readName, scannedName } from '../stored-fields.ts'

/** What an excerpt has of a directory: what a list of paths names with all below it, or all but that. */
export type CutKind = 'include' | 'exclude'

/** An entry that an excerpt has, as the snapshot stores it. */
export interface KeptEntry {
  /** All of it, or up to the id of its listing. */
  readonly stored: Buffer
  /** The directory's listing where it is to be cut too; null where the entry stays as it is. */
  readonly below: { readonly treeId: string; readonly branch: Branch; readonly rest: Buffer } | null
}

const ID_LENGTH = 64

/**
 * The entries of a directory's stored listing that an excerpt has, in their order, byte for byte. A socket that is named is
 * left out, for restic restores none and it would make folders necessary. Throws as `readStoredTree` does.
 */
export function cutDirectory(treeId: string, stored: Buffer, branch: Branch, kind: CutKind): KeptEntry[] {
  const kept: KeptEntry[] = []
  const whole = new NodeScan(stored).each((node) => {
    const name = scannedName(node)
    if (name === undefined) return false
    const entry = { name, isSocket: node.type === 'socket', treeId: node.type === 'dir' ? node.subtreeId : null }
    const choice = choose(entry, branch, kind)
    if (choice === 'kept') kept.push({ stored: copied(stored, node.from, node.to), below: null })
    if (typeof choice !== 'object') return true
    const rest = copied(stored, node.subtree + ID_LENGTH, node.to)
    kept.push({ stored: copied(stored, node.from, node.subtree), below: { ...choice, rest } })
    return true
  })
  return whole ? kept : cutAnyJson(treeId, stored, branch, kind)
}

interface Entry {
  readonly name: string
  readonly isSocket: boolean
  readonly treeId: string | null
}

type Choice = 'kept' | 'left-out' | { readonly treeId: string; readonly branch: Branch }

function choose({ name, isSocket, treeId }: Entry, branch: Branch, kind: CutKind): Choice {
  const child = branch.children.get(name)
  if (child === undefined) return kind === 'include' ? 'left-out' : 'kept'
  if (child.ends) return kind === 'include' && !isSocket ? 'kept' : 'left-out'
  if (treeId !== null) return { treeId, branch: child }
  return kind === 'include' ? 'left-out' : 'kept'
}

/** What is read lies in memory that is given back. */
function copied(stored: Buffer, from: number, to: number): Buffer {
  return Buffer.from(stored.subarray(from, to))
}

interface AnyNode {
  readonly name: string
  readonly type: string
  readonly subtree?: string | null
}

const MARK = '#'.repeat(ID_LENGTH)

/** The same from any JSON, which restic reads too: numbers as they stand, for some are wider than a number of ours. */
function cutAnyJson(treeId: string, stored: Buffer, branch: Branch, kind: CutKind): KeptEntry[] {
  const { nodes } = parseStored(treeId, stored, parseExactly)
  return (nodes ?? []).flatMap((node): KeptEntry[] => {
    const below = node.type === 'dir' ? (node.subtree ?? null) : null
    const entry = { name: readName(treeId, node.name), isSocket: node.type === 'socket', treeId: below }
    const choice = choose(entry, branch, kind)
    if (choice === 'left-out') return []
    if (choice === 'kept') return [{ stored: Buffer.from(JSON.stringify(node)), below: null }]
    const [before = '', rest = ''] = JSON.stringify({ ...node, subtree: MARK }).split(MARK)
    return [{ stored: Buffer.from(before), below: { ...choice, rest: Buffer.from(rest) } }]
  })
}

/** Since ES2026; not yet among the types. */
interface JsonWithSource {
  rawJSON(source: string): unknown
  parse(text: string, revive: (key: string, value: unknown, context: { readonly source?: string }) => unknown): unknown
}

function parseExactly(text: string): { readonly nodes: readonly AnyNode[] | null } {
  const json = JSON as unknown as JsonWithSource
  return json.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined ? json.rawJSON(source) : value,
  ) as { readonly nodes: readonly AnyNode[] | null }
}
