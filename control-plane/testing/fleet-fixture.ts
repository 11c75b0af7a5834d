import type { IntentDescriptor } from '../../contract/control-plane/intent.ts'
import { type ConsumerFleet, noProducts, type Products } from '../replicas/fleet.ts'
import type { Declaration } from '../store/declaration-store.ts'
import type { Group } from '../store/group-store.ts'
import type { Backup, Machine } from '../store/machine-store.ts'
import { keyText, type ReplicaKey, type ReportGist, type ReportHead } from '../store/report-rows.ts'

/** What a worklist is made of, as plain values. */
export interface FleetFixture {
  readonly intents?: readonly IntentDescriptor[]
  readonly groups?: readonly Pick<Group, 'id' | 'name' | 'status'>[]
  readonly machines?: readonly Machine[]
  readonly backups?: readonly Backup[]
  readonly heads?: readonly { readonly key: ReplicaKey; readonly head: ReportHead }[]
  readonly products?: Products
}

export function fleetOf(fixture: FleetFixture): ConsumerFleet {
  const { intents = [], groups = [], machines = [], backups = [], heads = [], products = noProducts } = fixture
  const byKey = new Map(heads.map(({ key, head }) => [keyText(key), head]))
  return {
    intents: new Map(intents.map((intent) => [intent.intent, intent])),
    head: (key) => byKey.get(keyText(key)),
    products,
    group: (id) => {
      const group = groups.find((one) => one.id === id)
      if (group === undefined) return undefined
      return {
        group,
        place: { storage: 'rest', bucket: '', prefix: '', region: '', repository_url: `rest:https://plane/${id}/` },
        machines: machines.filter((machine) => machine.groupId === id && machine.archivedAt === null),
        backup: (machineId, type) => backups.find((one) => one.machineId === machineId && one.type === type),
      }
    },
  }
}

export function intentOf(intent: string, semantics: readonly string[] = [], params: IntentDescriptor['params'] = {}) {
  return { intent, semantics: [...semantics], params } satisfies IntentDescriptor
}

export function groupOf(id: string, status: Group['status'] = 'ready') {
  return { id, name: id, status }
}

export function machineOf(id: string, groupId: string, archivedAt: string | null = null): Machine {
  return { id, groupId, name: id, deviceId: null, firstSeenAt: '2026-01-01T00:00:00.000Z', archivedAt }
}

export function backupOf(machineId: string, type: string, snapshotId: string, reportedAt = '2026-06-01T00:00:00.000Z') {
  return { machineId, type, snapshotId, reportedAt, takenAt: reportedAt } satisfies Backup
}

/** Of the consumer `c`, the group `g` and all its machines, type `t`, intent `verify`; named as it is called. */
export function declarationOf(name: string, change: Partial<Declaration> = {}): Declaration {
  return {
    id: `id of ${name}`,
    consumerId: 'c',
    groupId: 'g',
    machineId: null,
    type: 't',
    intent: 'verify',
    name,
    overdueAfter: null,
    params: {},
    redacts: false,
    publishesSchemas: false,
    migratesOnRequest: false,
    enabled: true,
    createdBy: 'ada',
    createdAt: '2026-06-01T00:00:00.000Z',
    updatedBy: 'ada',
    updatedAt: '2026-06-01T00:00:00.000Z',
    ...change,
  }
}

/** A healthy report of a snapshot, observed and heard of at once. */
export function gistOf(snapshotId: string | null, at: string, change: Partial<ReportGist> = {}): ReportGist {
  const rest = { sequence: 1, healthy: true, outcome: 'success', error: null } as const
  return { ...rest, snapshotId, observedAt: at, reportedAt: at, ...change }
}
