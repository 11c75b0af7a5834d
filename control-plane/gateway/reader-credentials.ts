import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IssuanceRecord, PlaneStore } from '../store/index.ts'

const USER_BYTES = 12
const PASSWORD_BYTES = 32
const ROLES: readonly string[] = ['backup-restore', 'admin']

/** A user and password of the gateway. Of the password, which is never kept, `hash` is. */
export interface ReaderCredentials {
  readonly user: string
  readonly password: string
  readonly hash: string
}

export function makeReaderCredentials(): ReaderCredentials {
  const password = randomBytes(PASSWORD_BYTES).toString('base64url')
  return { user: `reader-${randomBytes(USER_BYTES).toString('hex')}`, password, hash: hashOf(password) }
}

/** `unknown`: they open nothing, or not any more. `other`: they are good for something else, or nothing covers them now. */
export type Admission = 'in' | 'unknown' | 'other'

/** Whether the `Authorization` header of a request lets it read a group's repository now. */
export function admits(
  header: string | undefined,
  groupId: string,
  { store, now }: { readonly store: PlaneStore; readonly now: Date },
): Admission {
  const given = readBasic(header)
  if (given === undefined) return 'unknown'
  const issuance = store.issuances.byKey(given.user)
  // Of an unknown user a password is hashed and compared all the same: both take as long.
  const isTheirs = isSame(hashOf(given.password), issuance?.secretHash ?? hashOf(''))
  if (issuance === undefined || issuance.secretHash === null || !isTheirs) return 'unknown'
  if (Date.parse(issuance.expiresAt) <= now.getTime()) return 'unknown'
  return issuance.groupId === groupId && stands(issuance, store) ? 'in' : 'other'
}

/** An enabled declaration covers it still, its device has its role, and nobody ended it. */
function stands({ deviceId, groupId, type, revokedAt }: IssuanceRecord, store: PlaneStore): boolean {
  if (revokedAt !== null || !store.declarations.covers(deviceId, groupId, type)) return false
  return ROLES.includes(store.devices.role(deviceId) ?? '')
}

function readBasic(header: string | undefined): { readonly user: string; readonly password: string } | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/=]{1,1024})$/i.exec(header ?? '')?.[1]
  const [, user, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? []
  return user === undefined || password === undefined ? undefined : { user, password }
}

/** Plain SHA-256 is enough: the password is 256 random bits. */
function hashOf(password: string): string {
  return createHash('sha256').update(password).digest('base64url')
}

function isSame(one: string, other: string): boolean {
  const [ours, theirs] = [Buffer.from(one), Buffer.from(other)]
  return ours.length === theirs.length && timingSafeEqual(ours, theirs)
}
