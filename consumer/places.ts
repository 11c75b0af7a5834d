import { createHash } from 'node:crypto'
import { join } from 'node:path'

/** Where things of a consumer lie. */
export interface Places {
  readonly dataDirectory: string
  /** Where snapshots are restored to; a folder of the consumer's own, for it is cleared. */
  readonly scratch: string
}

export const ledgerOf = ({ dataDirectory }: Places): string => join(dataDirectory, 'consumer.db')
export const lockOf = ({ dataDirectory }: Places): string => join(dataDirectory, 'consumer.lock')
export const cacheOf = ({ dataDirectory }: Places): string => join(dataDirectory, 'restic-cache')

/** All of one attempt. Not by its whole name, for a socket below it has a path of 107 bytes at most. */
export const attemptFolder = ({ scratch }: Places, runId: string): string =>
  join(scratch, runId.replaceAll('-', '').slice(0, 12))
/** What was restored. */
export const restoredFolder = (places: Places, runId: string): string => join(attemptFolder(places, runId), 'restored')
/** What the proof needs besides. */
export const besideFolder = (places: Places, runId: string): string => join(attemptFolder(places, runId), 'p')

/**
 * Where clients of a replica that stays find its socket: a link that is led over to the next one in one moment. Named by a hash, since a
 * socket's path has 107 bytes at most.
 */
export function doorOf({ dataDirectory }: Pick<Places, 'dataDirectory'>, key: string): string {
  return join(dataDirectory, 'replicas', createHash('sha256').update(key).digest('hex').slice(0, 16))
}

/** What a client of a replica that stays connects to. */
export function urlOf(places: Pick<Places, 'dataDirectory'>, key: string): string {
  return `postgresql:///postgres?host=${encodeURIComponent(doorOf(places, key))}&user=restore_reader`
}

const LONGEST_SOCKET = 107

/** Whether a server can listen in a folder; PostgreSQL gives its socket this name. */
export function canHoldSocket(folder: string): boolean {
  return Buffer.byteLength(join(folder, '.s.PGSQL.5432')) <= LONGEST_SOCKET
}

/** In the environment of every program of an attempt. */
export const MARK = 'RESTORE_CONSUMER_RUN'
