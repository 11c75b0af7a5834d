import type { AgentIdentity, HostView } from '../../../contract/shapes/host.ts'
import type { HostRecord } from '../../store/index.ts'
import type { AgentLink } from './agent-link.ts'
import type { KnownHost } from './host-memory.ts'

/** All that there is of a host here. */
export interface Host {
  record: HostRecord
  readonly link: AgentLink
  /** As the agent said last, before a restart too; null until that is known. */
  known: KnownHost | null
}

export interface HostName extends Pick<KnownHost, 'repositories' | 'lastSnapshots'> {
  readonly id: string
  readonly name: string
  readonly isConnected: boolean
}

export interface HostChanges {
  readonly hosts: HostView[]
  /** Ids of hosts that are no more. */
  readonly gone: string[]
}

/** Whether a host is in a workspace. */
export function isOf(workspaceId: string): (host: Host) => boolean {
  return ({ record }) => record.workspaceId === workspaceId
}

export function nameOf({ record: { id, name }, link, known }: Host): HostName {
  const { repositories = [], lastSnapshots = [] } = known ?? {}
  return { id, name, isConnected: link.link.state === 'connected', repositories, lastSnapshots }
}

/** A host as it is shown. */
export function hostView(
  host: Host,
  { activeRun, lastRestore }: Pick<HostView, 'activeRun' | 'lastRestore'>,
): HostView {
  const { record, link, known } = host
  const { id, name, door, labels, pinned } = record
  return {
    id,
    name,
    local: door.kind === 'local',
    door,
    labels: [...labels],
    pinned,
    lastSnapshotAt: newest(known?.lastSnapshots ?? []),
    link: link.link,
    agent: identityOf(host),
    repositories: [...(known?.repositories ?? [])],
    activeRun,
    lastRestore,
  }
}

/** What its agent says of itself, or said last. */
export function identityOf({ link, known }: Host): AgentIdentity | null {
  return link.identity ?? known?.agent ?? null
}

/** Snapshots carry the offset of the machine that made them. */
function newest(snapshots: KnownHost['lastSnapshots']): string | null {
  return snapshots.reduce<string | null>(
    (latest, { time }) => (latest === null || Date.parse(time) > Date.parse(latest) ? time : latest),
    null,
  )
}
