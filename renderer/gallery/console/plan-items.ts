import { toRows } from '../../../contract/shapes/columns.ts'
import type {
  Difference,
  FurtherRestore,
  PlanAction,
  RestoreManner,
  RestoreSource,
} from '../../../contract/shapes/restore.ts'
import type { NodeType } from '../../../contract/shapes/tree.ts'
import { hexId, scramble } from './ids.ts'
import { listTree } from './tree.ts'

export interface PlannedItem {
  readonly path: string
  readonly type: NodeType
  readonly action: PlanAction
  readonly size: number
  readonly differs: readonly Difference[]
  readonly comesAs: string
}

/** Any number of items, deletions first. */
export interface Items {
  readonly length: number
  at(place: number): PlannedItem
}

/** What is known of the target and of what is meant. */
export interface HostItem {
  readonly fresh: boolean
  readonly manner: RestoreManner
  readonly follows: FurtherRestore['kind'] | null
}

interface Node {
  readonly path: string
  readonly type: NodeType
  readonly size: number
}

const ORDER: readonly PlanAction[] = ['delete', 'update', 'create', 'skip', 'unchanged']
const WHOLE_TREE = 200_000

/** In what the gallery's hosts differ from their newest snapshot; null where it is missing there, else by luck. */
const KNOWN: Readonly<Record<string, readonly Difference[] | null>> = {
  '/etc/postgresql': [],
  '/etc/postgresql/15': [],
  '/etc/postgresql/pg_hba.conf': ['content', 'time'],
  '/etc/postgresql/postgresql.conf': ['size', 'content', 'time'],
  '/etc/nginx/nginx.conf': ['mode', 'owner'],
  '/srv/dumps/clinic-2026-11-21.sql.zst': null,
  '/home/maria/bad\udcffname': ['content'],
}

const walked = new Map<string, readonly Node[]>()

/** A path of the gallery's snapshots with all that is below it. */
function nodesAt(path: string): readonly Node[] {
  const known = walked.get(path)
  if (known !== undefined) return known
  const found = [...(path === '/' ? [] : selfOf(path)), ...below(path)]
  walked.set(path, found)
  return found
}

function selfOf(path: string): Node[] {
  const parent = path.slice(0, path.lastIndexOf('/')) || '/'
  const name = path.slice(path.lastIndexOf('/') + 1)
  const page = listTree(hexId(`tree:${parent}`), 0, WHOLE_TREE)
  return (page === undefined ? [] : toRows(page.nodes))
    .filter((node) => node.name === name)
    .map(({ type, size }) => ({ path, type, size }))
}

function below(folder: string): Node[] {
  const page = listTree(hexId(`tree:${folder}`), 0, WHOLE_TREE)
  if (page === undefined) return []
  return toRows(page.nodes).flatMap(({ name, type, size, treeId }) => {
    const path = folder === '/' ? `/${name}` : `${folder}/${name}`
    const self: Node = { path, type, size }
    return treeId === null ? [self] : [self, ...below(path)]
  })
}

/** The items of a plan as the agent would make them, deletions first. */
export function plannedItems(sources: readonly RestoreSource[], host: HostItem): Items {
  const items = sources.flatMap(({ selection: { include, exclude } }) => {
    const isOut = (path: string): boolean =>
      exclude.some(
        (rule) =>
          (path === rule || path.startsWith(`${rule}/`)) &&
          !include.some((one) => one.length > rule.length && path.startsWith(one)),
      )
    const nodes = include.flatMap(nodesAt).filter(({ path }) => !isOut(path))
    return [...nodes.map((node) => planned(node, host)), ...(host.manner.deleteExtra ? extras(nodes) : [])]
  })
  const sorted = ORDER.flatMap((action) => items.filter((item) => item.action === action))
  return { length: sorted.length, at: (place) => sorted[place] ?? NOTHING }
}

const NOTHING: PlannedItem = { path: '/', type: 'dir', action: 'unchanged', size: 0, differs: [], comesAs: '' }

function planned(node: Node, { fresh, manner, follows }: HostItem): PlannedItem {
  const item = { ...node, differs: [], comesAs: '' }
  if (node.type === 'socket') return { ...item, action: 'skip' }
  if (fresh) return { ...item, action: 'create' }
  if (follows === 'revert')
    return scramble(node.path) % 9 === 0
      ? { ...item, action: 'delete' }
      : { ...item, action: 'update', differs: ['content', 'time'] }
  const differs = differencesOf(node)
  if (differs === null) return { ...item, action: 'create' }
  if (differs.length === 0) return { ...item, action: 'unchanged' }
  const isOlder = scramble(`older:${node.path}`) % 2 === 0
  if (manner.conflicts === 'never' || (manner.conflicts === 'if-newer' && isOlder))
    return { ...item, differs, action: 'skip' }
  if (manner.conflicts === 'keep-both' && node.type === 'file')
    return { ...item, action: 'create', comesAs: `${node.path}.restored-2026-11-21T020000` }
  return { ...item, differs, action: 'update' }
}

/** Null where it is missing. */
function differencesOf({ path, type }: Node): readonly Difference[] | null {
  const known = KNOWN[path]
  if (known !== undefined) return known
  const luck = scramble(`host:${path}`) % 100
  if (type === 'dir') return luck < 92 ? [] : ['time']
  if (luck < 80) return []
  return luck < 95 ? ['content', 'time'] : null
}

/** What selected folders hold on the host and not in the snapshot. */
function extras(nodes: readonly Node[]): PlannedItem[] {
  return nodes
    .filter(({ type, path }) => type === 'dir' && scramble(path) % 3 !== 0)
    .slice(0, 40)
    .map(({ path }) => ({
      ...NOTHING,
      path: `${path}/${scramble(path) % 2 === 0 ? 'notes-made-since.txt' : 'core.4711'}`,
      type: 'file',
      action: 'delete',
      size: scramble(`extra:${path}`) % 9_000_000,
    }))
}

const HUGE = 1_000_000
const DELETED = 12
const UPDATED = 4_310
const CREATED = 912_000

/** A million items, none of which is in memory. */
export function hugePlan({ fresh, manner }: HostItem): Items {
  const deleted = manner.deleteExtra ? DELETED : 0
  const actionAt = (place: number): PlanAction => {
    if (fresh) return 'create'
    if (place < deleted) return 'delete'
    if (place < deleted + UPDATED) return 'update'
    return place < deleted + CREATED ? 'create' : 'unchanged'
  }
  return {
    length: HUGE,
    at: (place) => {
      const action = actionAt(place)
      return {
        path: `/srv/share/radiology/${2000 + Math.floor(place / 40_000)}/IM_${String(place).padStart(7, '0')}.dcm`,
        type: 'file',
        action,
        size: 511_000 + (place % 4_000),
        differs: action === 'update' ? ['content', 'time'] : [],
        comesAs: '',
      }
    },
  }
}
