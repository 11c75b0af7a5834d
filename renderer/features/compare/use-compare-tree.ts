import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import { at, ROOT } from '../../components/tree/tree-columns.ts'
import { TreeStore } from '../../components/tree/tree-store.ts'
import type { ChangeFilter } from './change-rows.ts'
import type { Levels } from './levels.ts'

export interface CompareTree {
  readonly levels: Levels
  readonly tree: TreeStore
}

/**
 * The tree of a comparison through a filter; another filter makes another tree, in which the same folders are open and the
 * keyboard is where it was. Null until there is one to show. `revision` makes it anew where more has become known.
 */
export function useCompareTree(
  levels: Levels,
  filter: ChangeFilter,
  revision: string,
  path: string,
): CompareTree | null {
  const [shown, setShown] = useState<CompareTree | null>(null)
  const make = useEffectEvent(async (): Promise<CompareTree> => {
    const tree = new TreeStore(levels.source(filter))
    await tree.start()
    if (shown?.levels === levels) await follow(shown.tree, tree)
    else if (path !== '') await tree.reveal(path).catch(() => null)
    return { levels, tree }
  })
  const key = `${[...filter.kinds].join()} ${filter.metadata} ${filter.onlyChanges} ${revision}`
  useEffect(() => {
    const wanted = { levels, key, still: true }
    // What fails stands in the tree itself.
    void make().then((made) => {
      // At once: what somebody opened in the old tree before the new one is drawn would be lost.
      if (wanted.still) flushSync(() => setShown(made))
    })
    return () => {
      wanted.still = false
    }
  }, [levels, key])
  const now = shown?.levels === levels ? shown : null
  useSyncExternalStore(now?.tree.subscribe ?? NEVER, now?.tree.version ?? ZERO)
  return now
}

const NEVER = () => () => undefined
const ZERO = () => 0

/** Open in one tree what is open in another, with the keyboard at the same path, or the nearest that is there. */
async function reopen(from: TreeStore, to: TreeStore): Promise<void> {
  const open = Array.from(from.rows).filter((row) => row > ROOT && (from.isOpen(row) || from.isLoading(row)))
  for (const node of open) {
    const found = find(to, from.columns.path(node))
    if (found !== undefined) await to.open(found)
  }
  const names = from.active > ROOT ? from.columns.path(from.active).split('/') : []
  for (; names.length > 1; names.pop()) {
    const node = find(to, names.join('/'))
    const position = node === undefined ? -1 : to.positionOf(node)
    if (position < 0) continue
    to.moveTo(position)
    break
  }
  to.scrollTo(from.scrolled)
  // The row that has the focus is another one now.
  if (document.activeElement?.closest('[role=treegrid]') !== null) to.summon()
}

/** The same, and what somebody opens in the old tree meanwhile. */
async function follow(from: TreeStore, to: TreeStore): Promise<void> {
  let seen: number
  do {
    seen = from.version()
    await reopen(from, to)
  } while (from.version() !== seen)
}

function find(tree: TreeStore, path: string): number | undefined {
  let node: number | undefined = ROOT
  for (const name of path.split('/').slice(1))
    node = node === undefined ? undefined : tree.columns.childCalled(node, name)
  return node
}

/** Where the row stands that the keyboard is on; undefined where it is on none. */
export function activeEntry(tree: TreeStore) {
  const { active, columns } = tree
  const entry = active > ROOT ? columns.entry(active) : undefined
  return entry === undefined ? undefined : { ...entry, path: columns.path(active), parent: at(columns.parent, active) }
}
