import type { Entry } from '../consumer/worklist-entry.ts'

/** An entry of a worklist that differs only in what a test is about. */
export function entry(fields: Partial<Entry> = {}): Entry {
  return {
    replicaId: '7d7f3b0e-3f4b-4c1c-9c55-6a6b9d1b0001',
    groupId: '7d7f3b0e-3f4b-4c1c-9c55-6a6b9d1b0002',
    machineId: '7d7f3b0e-3f4b-4c1c-9c55-6a6b9d1b0003',
    type: 'files',
    intent: 'verify',
    name: 'shop-verify',
    params: {},
    snapshotId: 'a'.repeat(64),
    snapshotAt: '2026-11-27T06:00:00Z',
    storage: 'rest',
    bucket: '',
    prefix: '',
    region: '',
    repositoryUrl: null,
    ...fields,
  }
}
