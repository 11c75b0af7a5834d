import type { TypeRule } from '../../contract/control-plane/fleet.ts'
import type { PlaneStore } from '../store/index.ts'
import { type Typed, typeOf } from './type-of.ts'

/** A snapshot as far as a plane looks at it. */
export interface SeenSnapshot extends Typed {
  readonly id: string
  /** RFC 3339 with the offset of the machine that made it. */
  readonly time: string
  readonly hostname: string
}

/** Names of machines, and of each the latest snapshot of each type. */
export type SeenMachines = ReadonlyMap<string, ReadonlyMap<string, SeenSnapshot>>

const NAMELESS = '(no name)'

export function machinesIn(snapshots: readonly SeenSnapshot[], rules: readonly TypeRule[]): SeenMachines {
  const machines = new Map<string, Map<string, SeenSnapshot>>()
  for (const snapshot of snapshots) {
    // Of a time that is none nothing could be said.
    if (Number.isNaN(Date.parse(snapshot.time))) continue
    const name = snapshot.hostname || NAMELESS
    const ofMachine = machines.get(name) ?? new Map<string, SeenSnapshot>()
    machines.set(name, ofMachine)
    const type = typeOf(snapshot, rules)
    const known = ofMachine.get(type)
    if (known === undefined || isLater(snapshot, known)) ofMachine.set(type, snapshot)
  }
  return machines
}

interface Noting {
  readonly store: PlaneStore
  readonly newId: () => string
  readonly at: string
}

/**
 * Keep what was seen of a group: a machine of which no snapshot is left is archived, and is back with the next one. What has not
 * changed is not written. To be called in a transaction.
 */
export function noteMachines(groupId: string, seen: SeenMachines, { store, newId, at }: Noting): void {
  const known = new Map(store.machines.ofGroup(groupId).map((machine) => [machine.name, machine]))
  const backups = new Map(store.machines.backupsOf(groupId).map((one) => [`${one.machineId} ${one.type}`, one]))
  for (const [name, latest] of seen) {
    const before = known.get(name)
    const machine = before ?? { id: newId(), groupId, name, deviceId: null, firstSeenAt: at, archivedAt: null }
    if (before === undefined || before.archivedAt !== null) store.machines.put({ ...machine, archivedAt: null })
    for (const [type, snapshot] of latest) {
      const key = `${machine.id} ${type}`
      const isNew = backups.get(key)?.snapshotId !== snapshot.id
      backups.delete(key)
      const takenAt = new Date(snapshot.time).toISOString()
      if (isNew)
        store.machines.putBackup({ machineId: machine.id, type, snapshotId: snapshot.id, reportedAt: at, takenAt })
    }
  }
  for (const { machineId, type } of backups.values()) store.machines.removeBackup(machineId, type)
  for (const machine of known.values()) {
    if (!seen.has(machine.name) && machine.archivedAt === null) store.machines.put({ ...machine, archivedAt: at })
  }
}

/** The one with the greater id of two of the same moment: whoever looks sees the same. */
function isLater(one: SeenSnapshot, other: SeenSnapshot): boolean {
  const [ours, theirs] = [Date.parse(one.time), Date.parse(other.time)]
  return ours === theirs ? one.id > other.id : ours > theirs
}
