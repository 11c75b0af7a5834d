import type { IntentDescriptor } from '../../contract/control-plane/intent.ts'
import type { WorklistEntry } from '../../contract/control-plane/worklist.ts'
import type { Group } from '../store/group-store.ts'
import type { Backup, Machine } from '../store/machine-store.ts'
import type { ReplicaKey, ReportHead } from '../store/report-rows.ts'

/** A version that a machine could be migrated to. */
export interface Candidate {
  readonly applicationType: string
  readonly version: string
  readonly versionId: string
}

/** How a product's data is masked. */
export interface Manifest {
  readonly url: string
  readonly versionQuery: string | null
  readonly fallbackToBase: boolean
}

/** What a plane knows of the products on its machines. Ours knows none: what needs it is withheld. */
export interface Products {
  candidate(machine: Machine): Candidate | null
  /** A verdict on this pair was reported, good or bad. */
  isTried(machineId: string, snapshotId: string, versionId: string): boolean
  manifest(machine: Machine): Manifest | null
}

export const noProducts: Products = { candidate: () => null, isTried: () => false, manifest: () => null }

/** A group with all that a worklist says of it. */
export interface GroupFleet {
  readonly group: Pick<Group, 'id' | 'name' | 'status'>
  /** Where consumers read it. */
  readonly place: Pick<WorklistEntry, 'storage' | 'bucket' | 'prefix' | 'region' | 'repository_url'>
  /** The live ones, by name. */
  readonly machines: readonly Machine[]
  /** The latest that succeeded. */
  backup(machineId: string, type: string): Backup | undefined
}

/** What the declarations of one consumer are expanded with. */
export interface ConsumerFleet {
  /** What it says that it can do now, by name; empty for a device that lost the role. */
  readonly intents: ReadonlyMap<string, IntentDescriptor>
  group(id: string): GroupFleet | undefined
  head(key: ReplicaKey): ReportHead | undefined
  readonly products: Products
}
