import type { PlacedSearchEvent, SearchScope } from '../../../contract/console/search.ts'
import { Fault, writeFault } from '../../../contract/errors.ts'
import { reasonOf } from '../../../contract/reasons.ts'
import { toColumns } from '../../../contract/shapes/columns.ts'
import { baseName } from '../../../contract/shapes/file-name.ts'
import type { SearchEvent, SearchQuery } from '../../../contract/shapes/search.ts'
import { type NodeFacts, TREE_PAGE_LIMIT } from '../../../contract/shapes/tree.ts'
import { listTree, ROOT_TREE } from './tree.ts'
import { DELETED, factsAt, historyOf, seriesOf } from './versions.ts'
import type { World } from './world.ts'

type Asked = SearchQuery & { readonly scope: SearchScope }

interface Place {
  readonly hostId: string
  readonly repositoryId: string
}

interface Hit extends NodeFacts {
  readonly path: string
  readonly held: number[]
}

const HIT_KEYS = ['path', 'type', 'size', 'modified', 'mode', 'treeId', 'linkTarget', 'held'] as const
const BATCH = 2_000

/** A search in every place at once: what is away fails by itself, what is slow never ends. */
export async function* searchWorld(
  world: World,
  asked: Asked,
  signal: AbortSignal | undefined,
): AsyncGenerator<PlacedSearchEvent, void> {
  const matches = matcherOf(asked)
  let hasEnded = false
  try {
    const places = placesOf(world, asked.scope)
    for (const place of places)
      for (const event of searchPlace(world, place, asked, matches)) {
        yield { ...place, event }
        await new Promise((resolve) => setTimeout(resolve, 0))
        if (signal?.aborted === true) return
      }
    if (places.some(({ repositoryId }) => world.slow.has(repositoryId)))
      await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }))
    else hasEnded = true
  } finally {
    if (!hasEnded) world.stopped += 1
  }
}

function placesOf(world: World, scope: SearchScope): readonly Place[] {
  if (scope.kind !== 'everywhere') return [{ hostId: scope.hostId, repositoryId: scope.repositoryId }]
  return [...world.hosts.values()].flatMap(({ id, repositories }) =>
    repositories.map((repository) => ({ hostId: id, repositoryId: repository.id })),
  )
}

interface PathFacts {
  readonly path: string
  readonly facts: NodeFacts
  /** Directories that were read until it was found. */
  readonly directories: number
}

type Told = PlacedSearchEvent['event']
type Matches = (path: string, facts: NodeFacts) => boolean

function* searchPlace(world: World, place: Place, asked: Asked, matches: Matches): Generator<Told, void> {
  const { hostId, repositoryId } = place
  const link = world.hosts.get(hostId)?.link
  if (link?.state !== 'connected') {
    const { reason, why } = link ?? reasonOf('never_reached')
    return yield { kind: 'failed', fault: writeFault(new Fault('unreachable', { host: hostId, reason, why })) }
  }
  const all = world.snapshots.get(repositoryId) ?? []
  const wanted = asked.scope.kind === 'snapshot' ? asked.scope.snapshotId : null
  const snapshots = all
    .map((snapshot, night) => ({ ...snapshot, night }))
    .filter(({ id }) => wanted === null || id === wanted)
  const nights = snapshots.map(({ night }) => night).toReversed()
  yield { kind: 'begun', series: seriesOf(snapshots) }
  yield* findIn({ nights, count: all.length, slow: world.slow.has(repositoryId) }, asked, matches)
}

interface Looked {
  /** How many nights ago each snapshot of the series was made. */
  readonly nights: readonly number[]
  /** Snapshots in the whole repository. */
  readonly count: number
  readonly slow: boolean
}

function* findIn({ nights, count, slow }: Looked, asked: Asked, matches: Matches): Generator<SearchEvent, void> {
  let paths = 0
  let directories = 0
  let hits: Hit[] = []
  for (const found of everyPath()) {
    directories = found.directories
    if (!matches(found.path, found.facts)) continue
    const rows = hitsOf(found, { nights, count })
    if (rows.length === 0) continue
    if (paths === asked.limit) {
      yield { kind: 'found', hits: toColumns(hits, HIT_KEYS) }
      return yield { kind: 'ended', directories, complete: false }
    }
    paths += 1
    hits.push(...rows)
    if (hits.length < BATCH) continue
    yield { kind: 'found', hits: toColumns(hits, HIT_KEYS) }
    yield { kind: 'looked', directories, at: found.path }
    hits = []
  }
  if (hits.length > 0) yield { kind: 'found', hits: toColumns(hits, HIT_KEYS) }
  if (slow) return yield { kind: 'looked', directories: 4_218, at: '/srv/share/radiology/2026' }
  yield { kind: 'ended', directories, complete: true }
}

/** A row for each distinct state of a path, with the unbroken stretches of snapshots that hold it so. */
function hitsOf({ path, facts }: PathFacts, { nights, count }: Pick<Looked, 'nights' | 'count'>): Hit[] {
  return historyOf(path, count, facts).flatMap(({ oldest, newest, node }) => {
    const positions = nights.flatMap((night, position) => (night <= oldest && night >= newest ? [position] : []))
    const [first] = positions
    const last = positions.at(-1)
    return node === null || first === undefined || last === undefined ? [] : [{ path, ...node, held: [first, last] }]
  })
}

let walked: readonly PathFacts[] | undefined

/** Every path of the tree, walked once: it is the same in all repositories. */
function everyPath(): readonly PathFacts[] {
  walked ??= [
    ...Object.entries(DELETED).map(([path, { node }]) => ({ path, facts: node, directories: 0 })),
    ...below('', ROOT_TREE, { directories: 0 }),
  ]
  return walked
}

function* below(parent: string, treeId: string, read: { directories: number }): Generator<PathFacts, void> {
  read.directories += 1
  for (let offset = 0; ; offset += TREE_PAGE_LIMIT) {
    const page = listTree(treeId, offset, TREE_PAGE_LIMIT)
    if (page === undefined || offset >= page.total) return
    for (const [row, name] of page.nodes.name.entries()) {
      const facts = factsAt(page.nodes, row)
      yield { path: `${parent}/${name}`, facts, directories: read.directories }
      if (facts.treeId !== null) yield* below(`${parent}/${name}`, facts.treeId, read)
    }
  }
}

function matcherOf({ pattern, types, size, modified }: Asked): Matches {
  const names = nameMatcher(pattern)
  const isWhole = pattern.text.includes('/') && pattern.kind === 'glob'
  return (path, facts) => {
    if (!names(isWhole ? path : baseName(path))) return false
    const time = Date.parse(facts.modified)
    return (
      (types === null || types.includes(facts.type)) &&
      facts.size >= (size.least ?? 0) &&
      facts.size <= (size.most ?? Number.POSITIVE_INFINITY) &&
      time >= (modified.from ?? Number.NEGATIVE_INFINITY) &&
      time < (modified.until ?? Number.POSITIVE_INFINITY)
    )
  }
}

function nameMatcher({ kind, text, ignoreCase }: SearchQuery['pattern']): (name: string) => boolean {
  const expression = readExpression(sourceOf(kind, text), ignoreCase)
  return (name) => expression.test(name)
}

function sourceOf(kind: SearchQuery['pattern']['kind'], text: string): string {
  if (kind === 'regular-expression') return text
  const literal = text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  if (kind === 'text') return literal
  return `^${literal.replaceAll('\\*\\*', '.*').replaceAll('\\*', '[^/]*').replaceAll('\\?', '[^/]')}$`
}

function readExpression(source: string, ignoreCase: boolean): RegExp {
  try {
    return new RegExp(source, ignoreCase ? 'iu' : 'u')
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new Fault('invalid_input', { issues: [{ path: ['pattern', 'text'], message }] })
  }
}
