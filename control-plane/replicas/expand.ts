import type { IntentDescriptor } from '../../contract/control-plane/intent.ts'
import type { Withheld } from '../../contract/control-plane/standing.ts'
import type { WorklistEntry } from '../../contract/control-plane/worklist.ts'
import type { Declaration } from '../store/declaration-store.ts'
import type { Backup, Machine } from '../store/machine-store.ts'
import type { Candidate, ConsumerFleet, GroupFleet, Manifest } from './fleet.ts'
import { resolveParams } from './params.ts'

/** What a declaration comes to on one machine: an entry of the worklist, or why there is none. */
export type Outcome =
  | { readonly machineId: string; readonly entry: WorklistEntry; readonly withheld: null }
  | { readonly machineId: string; readonly entry: null; readonly withheld: Withheld }

/**
 * A declaration, machine by machine, by name. One machine that is gone is an outcome; a group without machines has none. Follows Canopy's
 * expansion; where several reasons withhold an entry, the first in the order of `withheldSchema`, but settlement after what is missing.
 */
export function expand(declaration: Declaration, fleet: ConsumerFleet): Outcome[] {
  const group = fleet.group(declaration.groupId)
  const machines = targetsOf(declaration, group)
  const intent = fleet.intents.get(declaration.intent)
  const withheld = withheldAsAWhole(declaration, group, intent)
  if (declaration.machineId !== null && machines.length === 0) {
    return [{ machineId: declaration.machineId, entry: null, withheld: withheld ?? 'machine-gone' }]
  }
  if (withheld !== null || group === undefined || intent === undefined) {
    return machines.map(({ id }) => ({ machineId: id, entry: null, withheld: withheld ?? 'gap' }))
  }
  const shared = sharedParts(declaration, group, intent)
  return machines.map((machine) => expandOne({ declaration, group, intent, machine, fleet, shared }))
}

/** The live machines that a declaration is of. */
export function targetsOf({ machineId }: Declaration, group: GroupFleet | undefined): readonly Machine[] {
  const machines = group?.machines ?? []
  return machineId === null ? machines : machines.filter(({ id }) => id === machineId)
}

/** Why nothing of a declaration is dispatched, whatever the machine; null where it is. */
export function withheldAsAWhole(
  declaration: Declaration,
  group: GroupFleet | undefined,
  intent: IntentDescriptor | undefined,
): Extract<Withheld, 'disabled' | 'gap' | 'group-not-ready'> | null {
  if (!declaration.enabled) return 'disabled'
  if (intent === undefined) return 'gap'
  return group?.group.status === 'ready' ? null : 'group-not-ready'
}

type Shared = Pick<
  WorklistEntry,
  'replica_id' | 'group_id' | 'type' | 'intent' | 'name' | 'overdue_after_seconds' | 'params'
> &
  GroupFleet['place']

/** What all machines of a declaration have alike: thousands of entries are made of it. */
function sharedParts(declaration: Declaration, group: GroupFleet, intent: IntentDescriptor): Shared {
  return {
    replica_id: declaration.id,
    group_id: declaration.groupId,
    type: declaration.type,
    intent: declaration.intent,
    name: declaration.name,
    overdue_after_seconds: declaration.overdueAfter,
    params: resolveParams(intent, declaration.params, null),
    ...group.place,
  }
}

interface One {
  readonly declaration: Declaration
  readonly group: GroupFleet
  readonly intent: IntentDescriptor
  readonly machine: Machine
  readonly fleet: ConsumerFleet
  readonly shared: Shared
}

function expandOne(one: One): Outcome {
  const { declaration, group, intent, machine, fleet, shared } = one
  const { id } = machine
  const manifest = manifestOf(one)
  if (manifest === undefined) return { machineId: id, entry: null, withheld: 'no-manifest' }
  const candidate = needsCandidate(intent) ? fleet.products.candidate(machine) : undefined
  if (candidate === null) return { machineId: id, entry: null, withheld: 'no-candidate' }
  const backup = group.backup(id, declaration.type)
  if (isSettled(one, backup, candidate)) return { machineId: id, entry: null, withheld: 'settled' }
  const entry: WorklistEntry = {
    ...shared,
    machine_id: id,
    server_id: id,
    snapshot_id: backup?.snapshotId ?? null,
    snapshot_at: backup?.reportedAt ?? null,
  }
  if (manifest !== null) entry.params = resolveParams(intent, declaration.params, manifest)
  return { machineId: id, entry: candidate === undefined ? entry : { ...entry, ...target(candidate) }, withheld: null }
}

/** Null where nothing is to be masked; undefined where something is and nobody can say how. */
function manifestOf({ declaration, intent, machine, fleet }: One): Manifest | null | undefined {
  if (!declaration.redacts || !intent.semantics.includes('redact')) return null
  return fleet.products.manifest(machine) ?? undefined
}

function needsCandidate({ semantics }: IntentDescriptor): boolean {
  return semantics.includes('migrate') || semantics.includes('reporting-schema')
}

function target({ applicationType, version, versionId }: Candidate) {
  return { application_type: applicationType, target_version: version, target_version_id: versionId }
}

/** `once`, and done: the last healthy report is of this snapshot; with a version, any verdict on the pair settles. */
function isSettled({ declaration, intent, machine, fleet }: One, backup?: Backup, candidate?: Candidate): boolean {
  if (!intent.semantics.includes('once') || backup === undefined) return false
  if (candidate !== undefined) return fleet.products.isTried(machine.id, backup.snapshotId, candidate.versionId)
  const { type, intent: name } = declaration
  const head = fleet.head({ machineId: machine.id, type, intent: name, name: declaration.name })
  return head?.healthy?.snapshotId === backup.snapshotId
}

/**
 * The complete worklist of a consumer, from its declarations, newest first. Those of one machine come before those of a group; of a
 * machine and a name there is one entry.
 */
export function worklistOf(declarations: readonly Declaration[], fleet: ConsumerFleet): WorklistEntry[] {
  const live = declarations.filter(({ enabled, intent }) => enabled && fleet.intents.has(intent))
  const ordered = [...live.filter((one) => one.machineId !== null), ...live.filter((one) => one.machineId === null)]
  const taken = new Map<string, Set<string>>()
  const entries: WorklistEntry[] = []
  for (const declaration of ordered) {
    const machines = taken.get(declaration.name) ?? new Set()
    taken.set(declaration.name, machines)
    for (const { entry } of expand(declaration, fleet)) {
      if (entry === null || machines.has(entry.machine_id)) continue
      machines.add(entry.machine_id)
      entries.push(entry)
    }
  }
  return entries
}
