import { Fault } from '../../../contract/errors.ts'
import type { HostRecord, WorkspaceStore } from '../../store/index.ts'

interface Tenancy {
  readonly records: readonly HostRecord[]
  readonly workspaces: Pick<WorkspaceStore, 'list'>
  /** The workspace that the host is to come into. */
  readonly workspaceId: string
}

/**
 * A host's agent may name the tenant it is of. The hosts of one workspace name the same, no two workspaces have hosts
 * that do, and a workspace that is called so is the one for it. Throws `conflict` (`other_workspace`) with the name that
 * is in the way.
 */
export function requireSameTenant(named: string | null, { records, workspaces, workspaceId }: Tenancy): void {
  if (named === null) return
  const others = records.filter((record) => record.workspaceId !== workspaceId && record.workspace === named)
  const own = records.filter((record) => record.workspaceId === workspaceId && record.workspace !== null)
  if (own.some(({ workspace }) => workspace === named)) return
  const here = workspaces.list().find(({ id }) => id === workspaceId)
  const isElsewhere =
    others.length > 0 || workspaces.list().some(({ id, name }) => id !== workspaceId && name === named)
  const isOther = own.length > 0 || (isElsewhere && here?.name !== named)
  if (isOther) throw new Fault('conflict', { what: 'other_workspace', detail: named })
}
