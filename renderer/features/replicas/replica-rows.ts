import type { Replica, ReplicaStanding } from '../../../contract/shapes/replica.ts'

/** A line of the list: a declaration, or one machine of one that covers several. */
export interface ReplicaRow {
  readonly key: string
  readonly replica: Replica
  /** Null in the line of the declaration itself. */
  readonly standing: ReplicaStanding | null
  /** Whether its machines are shown; null where it has no more than one. */
  readonly isExpanded: boolean | null
}

export function keyOf({ planeId, id }: Pick<Replica, 'planeId' | 'id'>): string {
  return `${planeId} ${id}`
}

const lines = new WeakMap<Replica, { readonly closed: ReplicaRow; readonly opened: readonly ReplicaRow[] }>()

/** The lines of replicas: the same for the same replica, so that what has not changed is not drawn again. */
export function rowsOf(replicas: readonly Replica[], expanded: ReadonlySet<string>): readonly ReplicaRow[] {
  return replicas.flatMap((replica) => {
    const known = lines.get(replica) ?? linesOf(replica)
    lines.set(replica, known)
    return known.closed.isExpanded !== null && expanded.has(known.closed.key) ? known.opened : [known.closed]
  })
}

function linesOf(replica: Replica) {
  const key = keyOf(replica)
  const several = replica.standings.length > 1
  const closed: ReplicaRow = { key, replica, standing: null, isExpanded: several ? false : null }
  const opened: readonly ReplicaRow[] = several
    ? [
        { ...closed, isExpanded: true },
        ...replica.standings.map((standing, at) => ({
          key: `${key} ${standing.machineId ?? at}`,
          replica,
          standing,
          isExpanded: null,
        })),
      ]
    : [closed]
  return { closed, opened }
}
