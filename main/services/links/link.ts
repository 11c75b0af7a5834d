/** What a link from elsewhere names, without where that is. */
export type Link =
  | { readonly kind: 'run'; readonly runId: string }
  | { readonly kind: 'host'; readonly hostId: string }
  | { readonly kind: 'snapshot'; readonly hostId: string; readonly snapshotId: string }
  | { readonly kind: 'replica'; readonly planeId: string; readonly replicaId: string }

/** The scheme that the operating system hands to this console. */
export const LINK_SCHEME = 'restore-console'

const NAME = '([0-9A-Za-z][0-9A-Za-z._-]{0,127})'
const RUN = new RegExp(`^${LINK_SCHEME}://run/${NAME}$`)
const HOST = new RegExp(`^${LINK_SCHEME}://host/${NAME}$`)
const SNAPSHOT = new RegExp(`^${LINK_SCHEME}://host/${NAME}/snapshot/([0-9a-f]{8,64})$`)
const REPLICA = new RegExp(`^${LINK_SCHEME}://replica/${NAME}/${NAME}$`)

/**
 * Read a link letter by letter: anybody's web page can hand us one. No escapes, no query, nothing after its end; null for
 * whatever is not one of the four. A link only ever shows something, it starts nothing.
 */
export function readLink(text: string): Link | null {
  const [, runId] = RUN.exec(text) ?? []
  if (runId !== undefined) return { kind: 'run', runId }
  const [, onlyHost] = HOST.exec(text) ?? []
  if (onlyHost !== undefined) return { kind: 'host', hostId: onlyHost }
  const [, hostId, snapshotId] = SNAPSHOT.exec(text) ?? []
  if (hostId !== undefined && snapshotId !== undefined) return { kind: 'snapshot', hostId, snapshotId }
  const [, planeId, replicaId] = REPLICA.exec(text) ?? []
  if (planeId !== undefined && replicaId !== undefined) return { kind: 'replica', planeId, replicaId }
  return null
}
