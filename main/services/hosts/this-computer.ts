import { FIRST_WORKSPACE, type HostRecord, type HostStore } from '../../store/index.ts'

export interface ThisComputer {
  /** Identifies this data directory; the host's id. */
  readonly id: string
  readonly name: string
  readonly addedAt: string
}

/** Every host that is known, this computer among them, whether or not it was there before. */
export function knownHosts(store: HostStore, { id, name, addedAt }: ThisComputer): HostRecord[] {
  // Another data directory's own agent is no host of this one's.
  const known = store.list().filter((record) => record.door.kind !== 'local' || record.id === id)
  if (known.some((record) => record.id === id)) return known
  const none = { labels: [], pinned: false, workspace: null, agentId: null, lastSeenAt: null }
  const local = { door: { kind: 'local' }, workspaceId: FIRST_WORKSPACE } as const
  return [{ id, name, addedAt, ...local, ...none }, ...known]
}
