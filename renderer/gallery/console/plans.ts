import { Fault } from '../../../contract/errors.ts'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type {
  PlanAction,
  PlanPage,
  PlanPageInput,
  PlanTotals,
  RestoreManner,
  RestorePlan,
  RestoreRequest,
  RestoreSource,
} from '../../../contract/shapes/restore.ts'
import { hexId } from './ids.ts'
import { type HostItem, hugePlan, type Items, plannedItems } from './plan-items.ts'
import type { MadePlan } from './planning.ts'
import { hostOf } from './start-run.ts'
import type { World } from './world.ts'

/** Folders of the gallery's hosts that hold something. */
const OCCUPIED = ['/srv/share', '/srv/www', '/home', '/etc']

/** What a restore would do on a host of the gallery. Throws what the agent's does, as far as the gallery has it. */
export function planRestore(world: World, hostId: string, request: RestoreRequest): RestorePlan {
  const host = hostOf(world, hostId)
  const meant = request.kind === 'new' ? { ...request, manner: mannerOf(request) } : earlier(world, request)
  const { manner, sources } = meant
  const fresh = request.kind === 'new' && isFresh(manner)
  const known: HostItem = { fresh, manner, follows: request.kind === 'new' ? null : request.kind }
  const { items, totals, files } = world.planning.huge ? summed(hugePlan(known)) : planned(sources, known)
  const hash = hexId(JSON.stringify([hostId, request, world.planning.moved]))
  const { free, lockedBy, secondsExpected } = world.planning
  const plan: RestorePlan = {
    hash,
    madeAt: new Date().toISOString(),
    totals,
    files,
    bytes: totals.create.bytes + totals.update.bytes,
    targetPath: targetPathOf(manner, host.agent?.stagingRoot ?? '', '<run-id>'),
    fresh,
    free,
    lockedBy,
    commands: commandsOf(sources, manner),
    secondsExpected,
    repositoryId: meant.repositoryId,
    sources: [...sources],
    manner,
    follows: request.kind === 'new' ? null : request,
  }
  world.planning.made.set(hash, { plan, items, filtered: null })
  return plan
}

interface Summed {
  readonly items: Items
  readonly totals: PlanTotals
  readonly files: number
}

/** The same question has the same answer: the whole of the gallery's snapshot is a hundred thousand items. */
const answered = new Map<string, Summed>()

function planned(sources: readonly RestoreSource[], host: HostItem): Summed {
  const key = JSON.stringify([sources.map(({ selection }) => selection), host])
  const known = answered.get(key)
  if (known !== undefined) return known
  const made = summed(plannedItems(sources, host))
  answered.set(key, made)
  return made
}

function summed(items: Items): Summed {
  return { items, totals: totalsOf(items), files: filesOf(items) }
}

interface Meant {
  readonly repositoryId: string
  readonly sources: readonly RestoreSource[]
  readonly manner: RestoreManner
}

function mannerOf({ target, layout, conflicts, deleteExtra, readBack }: RestoreManner): RestoreManner {
  return { target, layout, conflicts, deleteExtra, readBack }
}

function earlier(world: World, { kind, runId }: Exclude<RestoreRequest, { kind: 'new' }>): Meant {
  const run = world.runs.get(runId)?.run
  if (run === undefined) throw new Fault('not_found', { what: 'run', id: runId })
  const { subject, repositoryId } = run
  if (subject.kind !== 'restore') throw new Fault('conflict', { what: `nothing_to_${kind}`, detail: runId })
  if (kind === 'revert' && subject.safetySnapshot === null)
    throw new Fault('conflict', { what: 'no_way_back', detail: '' })
  if (kind === 'retry' && run.counts.failed === 0) throw new Fault('conflict', { what: 'nothing_to_retry', detail: '' })
  const { sources } = subject
  const saved = subject.safetySnapshot
  return {
    repositoryId,
    sources: sources.map(({ snapshotId, selection }) => ({
      snapshotId: kind === 'revert' && saved !== null && saved !== 'wanted' ? saved : snapshotId,
      selection,
    })),
    manner: mannerOf(subject),
  }
}

function isFresh({ target }: RestoreManner): boolean {
  if (target.kind === 'in-place') return false
  return target.kind === 'staging' || !OCCUPIED.some((folder) => target.path.startsWith(folder))
}

/** Where a run of this restore writes; `runId` names its fresh folder. */
export function targetPathOf({ target }: Pick<RestoreManner, 'target'>, stagingRoot: string, runId: string): string {
  if (target.kind === 'in-place') return '/'
  return target.kind === 'path' ? target.path : `${stagingRoot}/${runId}`
}

/** Some items of a plan that was made here. */
export function planPage(world: World, { hash, actions, text, offset, limit }: PlanPageInput): PlanPage {
  const made = world.planning.made.get(hash)
  if (made === undefined) throw new Fault('not_found', { what: 'plan', id: hash })
  const places = placesOf(made, actions, text)
  const page = places.slice(offset, offset + limit).map((place) => made.items.at(place))
  return {
    offset,
    total: places.length,
    items: {
      path: page.map(({ path }) => path),
      type: page.map(({ type }) => type),
      action: page.map(({ action }) => action),
      size: page.map(({ size }) => size),
      differs: page.map(({ differs }) => [...differs]),
      comesAs: page.map(({ comesAs }) => comesAs),
    },
  }
}

function placesOf(made: MadePlan, actions: readonly PlanAction[] | null, text: string): readonly number[] {
  const key = JSON.stringify([actions, text])
  if (made.filtered?.key === key) return made.filtered.places
  const places: number[] = []
  const wanted = text.toLowerCase()
  for (let place = 0; place < made.items.length; place += 1) {
    const { action, path } = made.items.at(place)
    const fits = actions === null || actions.includes(action)
    if (fits && (wanted === '' || showFileName(path).toLowerCase().includes(wanted))) places.push(place)
  }
  made.filtered = { key, places }
  return places
}

/** The plan that a start is held against. Throws `plan_drifted` where the host has moved on since it was made. */
export function plannedFor(
  world: World,
  hostId: string,
  request: RestoreRequest,
  planHash: string | null,
): RestorePlan {
  const { drift } = world.planning
  if (drift !== null && planHash !== null) {
    world.planning.drift = null
    world.planning.moved += 1
    throw new Fault('plan_drifted', drift)
  }
  const plan = planRestore(world, hostId, request)
  if (planHash === null && !plan.fresh) throw new Fault('conflict', { what: 'plan_needed', detail: plan.targetPath })
  if (planHash !== null && planHash !== plan.hash)
    throw new Fault('plan_drifted', { added: null, changed: null, removed: null })
  if (plan.free !== null && plan.free < plan.bytes) throw new Fault('no_space', { needed: plan.bytes, free: plan.free })
  return plan
}

function totalsOf(items: Items): PlanTotals {
  const none = () => ({ items: 0, bytes: 0 })
  const totals = { delete: none(), update: none(), create: none(), skip: none(), unchanged: none() }
  for (let place = 0; place < items.length; place += 1) {
    const { action, size } = items.at(place)
    totals[action].items += 1
    totals[action].bytes += size
  }
  return totals
}

function filesOf(items: Items): number {
  let files = 0
  for (let place = 0; place < items.length; place += 1) {
    const { action, type } = items.at(place)
    if (type === 'file' && (action === 'create' || action === 'update')) files += 1
  }
  return files
}

const COMMANDS = 20

function commandsOf(sources: readonly RestoreSource[], manner: RestoreManner): string[] {
  const target = targetPathOf(manner, '/var/restic-restore', '<run-id>')
  const overwrite = manner.conflicts === 'keep-both' ? 'always' : manner.conflicts
  return sources.slice(0, COMMANDS).map(({ snapshotId, selection }) => {
    const includes = selection.include.map((path) => (path === '/' ? '' : ` --include '${showFileName(path)}'`))
    const verify = manner.readBack ? ' --verify' : ''
    return `restic restore ${snapshotId.slice(0, 8)} --target ${target} --overwrite ${overwrite}${verify}${includes.join('')}`
  })
}
