import type { ScopedFilter } from '../main/store/index.ts'
import { FIRST_WORKSPACE, type HostRecord } from '../main/store/index.ts'

export const NOW = new Date('2026-11-21T03:00:00.000Z')

/** The filter that leaves nothing out of the first workspace. */
export const EVERYTHING: ScopedFilter = {
  workspaceId: FIRST_WORKSPACE,
  hostsNamed: [],
  hostIds: [],
  actors: [],
  targets: [],
  outcomes: [],
  proofs: [],
  text: '',
  from: null,
  until: null,
}

/** A host that something was restored on. */
export function hostOf(id: string): HostRecord {
  const door = { kind: 'ssh', destination: id } as const
  const nothing = { labels: [], pinned: false, workspace: null, agentId: null, lastSeenAt: null }
  return { ...nothing, workspaceId: FIRST_WORKSPACE, id, name: `host ${id}`, door, addedAt: NOW.toISOString() }
}
