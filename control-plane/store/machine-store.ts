import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import type { Revisions } from './revisions.ts'

const rowSchema = z.object({
  id: z.string(),
  group_id: z.string(),
  name: z.string(),
  device_id: z.string().nullable(),
  first_seen_at: z.string(),
  archived_at: z.string().nullable(),
})
const backupSchema = z.object({
  machine_id: z.string(),
  type: z.string(),
  snapshot_id: z.string(),
  reported_at: z.string(),
  taken_at: z.string(),
})

/** What is backed up to a group's repository. */
export interface Machine {
  readonly id: string
  readonly groupId: string
  readonly name: string
  /** The device that is this machine: its own restores are no consumer's. */
  readonly deviceId: string | null
  readonly firstSeenAt: string
  readonly archivedAt: string | null
}

/** The latest backup of a machine of one type. */
export interface Backup {
  readonly machineId: string
  readonly type: string
  readonly snapshotId: string
  /** When the plane heard of it: what bounds are counted from. */
  readonly reportedAt: string
  /** When it was taken, as its machine's clock had it. */
  readonly takenAt: string
}

/** The machines of the groups, and the latest backups of them. */
export class MachineStore {
  readonly #put: Statement
  readonly #get: Statement
  readonly #all: Statement
  readonly #ofGroup: Statement
  readonly #putBackup: Statement
  readonly #removeBackup: Statement
  readonly #backups: Statement
  readonly #allBackups: Statement
  readonly #revisions: Revisions

  constructor(database: Database, revisions: Revisions) {
    this.#revisions = revisions
    this.#put = database.prepare(`
      INSERT INTO machines (id, group_id, name, device_id, first_seen_at, archived_at)
      VALUES (@id, @groupId, @name, @deviceId, @firstSeenAt, @archivedAt)
      ON CONFLICT (id) DO UPDATE SET group_id = excluded.group_id, name = excluded.name, device_id = excluded.device_id,
        archived_at = excluded.archived_at`)
    this.#get = database.prepare('SELECT * FROM machines WHERE id = ?')
    this.#all = database.prepare('SELECT * FROM machines ORDER BY name, id')
    this.#ofGroup = database.prepare('SELECT * FROM machines WHERE group_id = ? ORDER BY name, id')
    this.#putBackup = database.prepare(`
      INSERT INTO backups (machine_id, type, snapshot_id, reported_at, taken_at)
      VALUES (@machineId, @type, @snapshotId, @reportedAt, @takenAt)
      ON CONFLICT (machine_id, type) DO UPDATE SET snapshot_id = excluded.snapshot_id, reported_at = excluded.reported_at,
        taken_at = excluded.taken_at WHERE snapshot_id <> excluded.snapshot_id`)
    this.#removeBackup = database.prepare('DELETE FROM backups WHERE machine_id = ? AND type = ?')
    this.#backups = database.prepare(`
      SELECT backups.* FROM backups JOIN machines ON machines.id = machine_id WHERE group_id = ? ORDER BY machine_id, type`)
    this.#allBackups = database.prepare('SELECT * FROM backups ORDER BY machine_id, type')
  }

  put(machine: Machine): void {
    const before = this.get(machine.id)
    this.#put.run(machine)
    if (before !== undefined && before.groupId !== machine.groupId) this.#revisions.bump(before.groupId)
    this.#revisions.bump(machine.groupId)
  }

  get(id: string): Machine | undefined {
    const row = this.#get.get(id)
    return row === undefined ? undefined : toMachine(row)
  }

  list(): Machine[] {
    return this.#all.all().map(toMachine)
  }

  /** By name, also the archived ones. */
  ofGroup(groupId: string): Machine[] {
    return this.#ofGroup.all(groupId).map(toMachine)
  }

  /** The latest one of its type. One that is known already keeps when it was first heard of. */
  putBackup(backup: Backup): void {
    if (this.#putBackup.run(backup).changes === 1) this.#bumpGroupOf(backup.machineId)
  }

  /** No snapshot of this type is left of the machine. */
  removeBackup(machineId: string, type: string): void {
    if (this.#removeBackup.run(machineId, type).changes === 1) this.#bumpGroupOf(machineId)
  }

  backupsOf(groupId: string): Backup[] {
    return this.#backups.all(groupId).map(toBackup)
  }

  allBackups(): Backup[] {
    return this.#allBackups.all().map(toBackup)
  }

  #bumpGroupOf(machineId: string): void {
    const groupId = this.get(machineId)?.groupId
    if (groupId !== undefined) this.#revisions.bump(groupId)
  }
}

function toMachine(row: unknown): Machine {
  const { id, name, ...rest } = rowSchema.parse(row)
  return {
    id,
    name,
    groupId: rest.group_id,
    deviceId: rest.device_id,
    firstSeenAt: rest.first_seen_at,
    archivedAt: rest.archived_at,
  }
}

function toBackup(row: unknown): Backup {
  const read = backupSchema.parse(row)
  return {
    machineId: read.machine_id,
    type: read.type,
    snapshotId: read.snapshot_id,
    reportedAt: read.reported_at,
    takenAt: read.taken_at,
  }
}
