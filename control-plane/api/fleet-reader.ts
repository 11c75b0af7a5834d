import type { IntentDescriptor } from '../../contract/control-plane/intent.ts'
import type { ConsumerFleet, GroupFleet } from '../replicas/fleet.ts'
import { noProducts } from '../replicas/fleet.ts'
import type { Backup, Declaration, Device, Machine, PlaneStore } from '../store/index.ts'
import type { PlaneDeps } from './deps.ts'
import { isConsumer } from './gate.ts'

/** Reads from the store what worklists are made with, and keeps it until it is changed there. */
export interface FleetReader {
  group(id: string): GroupFleet | undefined
  declarationsOf(consumerId: string): readonly Declaration[]
  /** What a device says it can do, by name; nothing for one that may not do it. */
  intentsOf(device: Pick<Device, 'id' | 'role'>): ReadonlyMap<string, IntentDescriptor>
  consumer(device: Pick<Device, 'id' | 'role'>): ConsumerFleet
}

type KeptGroup = Omit<GroupFleet, 'place'> & { readonly place: Omit<GroupFleet['place'], 'repository_url'> }

export function fleetReader({ store, repositoryUrl }: Pick<PlaneDeps, 'store' | 'repositoryUrl'>): FleetReader {
  const groups = keeping(store, (id) => readGroup(store, id))
  const declarations = keeping(store, (id) => store.declarations.ofConsumer(id))
  const intents = keeping(store, (id) => new Map(store.capabilities.of(id).map((one) => [one.intent, one])))
  const group = (id: string): GroupFleet | undefined => {
    const kept = groups(id)
    if (kept === undefined) return undefined
    const url = kept.place.storage === 'rest' ? repositoryUrl(id) : null
    return { ...kept, place: url === null ? kept.place : { ...kept.place, repository_url: url } }
  }
  const intentsOf: FleetReader['intentsOf'] = (device) => (isConsumer(device) ? intents(device.id) : new Map())
  return {
    group,
    declarationsOf: declarations,
    intentsOf,
    consumer: (device) => ({
      intents: intentsOf(device),
      group,
      head: (key) => store.reports.head(key),
      products: noProducts,
    }),
  }
}

/** What `read` gave for an id, until what is kept under it was changed. */
function keeping<T>({ revisions }: Pick<PlaneStore, 'revisions'>, read: (id: string) => T): (id: string) => T {
  const kept = new Map<string, { readonly revision: number; readonly value: T }>()
  return (id) => {
    const revision = revisions.of(id)
    const known = kept.get(id)
    if (known?.revision === revision) return known.value
    const value = read(id)
    kept.set(id, { revision, value })
    return value
  }
}

function readGroup(store: PlaneStore, id: string): KeptGroup | undefined {
  const group = store.groups.get(id)
  if (group === undefined) return undefined
  const { storage, bucket, prefix, region } = group
  const backups = new Map<string, Map<string, Backup>>()
  for (const backup of store.machines.backupsOf(id)) {
    const ofMachine = backups.get(backup.machineId) ?? new Map<string, Backup>()
    backups.set(backup.machineId, ofMachine.set(backup.type, backup))
  }
  const machines: readonly Machine[] = store.machines.ofGroup(id).filter(({ archivedAt }) => archivedAt === null)
  const place = { storage, bucket, prefix, region }
  return { group, place, machines, backup: (machineId, type) => backups.get(machineId)?.get(type) }
}
