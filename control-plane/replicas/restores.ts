import type { IssuanceRecord } from '../store/issuance-store.ts'

/** Milliseconds after credentials ended for which a report, or the next credentials, still belong to them. */
const GRACE = 15 * 60_000

type Paired = Pick<
  IssuanceRecord,
  'sequence' | 'deviceId' | 'groupId' | 'type' | 'runId' | 'issuedAt' | 'expiresAt' | 'revokedAt'
>

/** A restore that is known by the credentials that were given out for it. */
export interface Restore<I extends Paired = Paired> {
  readonly deviceId: string
  readonly groupId: string
  readonly type: string
  readonly runId: string | null
  readonly since: string
  /** When the last of its credentials end, or ended before their time. */
  readonly until: string
  readonly issuances: readonly I[]
}

/**
 * Issuances, the oldest first, as restores: those of one run of a device are one; those that name no run, of one device, group and type,
 * are one as long as each was made before the one before had ended for a quarter of an hour.
 */
export function restoresOf<I extends Paired>(issuances: readonly I[]): Restore<I>[] {
  const chains = new Map<string, Restore<I>[]>()
  for (const issuance of issuances) {
    const { deviceId, groupId, type, runId } = issuance
    const key = JSON.stringify(runId === null ? [deviceId, groupId, type] : [deviceId, groupId, type, runId])
    const chain = chains.get(key) ?? []
    chains.set(key, chain)
    const last = chain.at(-1)
    if (last !== undefined && (runId !== null || isWithin(issuance.issuedAt, last.until))) {
      const until = endOf(issuance) > last.until ? endOf(issuance) : last.until
      chain[chain.length - 1] = { ...last, until, issuances: [...last.issuances, issuance] }
    } else {
      const { issuedAt } = issuance
      chain.push({ deviceId, groupId, type, runId, since: issuedAt, until: endOf(issuance), issuances: [issuance] })
    }
  }
  return [...chains.values()].flat()
}

function endOf({ expiresAt, revokedAt }: Paired): string {
  return revokedAt ?? expiresAt
}

function isWithin(moment: string, until: string): boolean {
  return Date.parse(moment) <= Date.parse(until) + GRACE
}

/** What of a report says which restore it is of. */
export interface Answer {
  readonly deviceId: string
  readonly groupId: string
  readonly type: string
  readonly runId: string | null
  readonly reportedAt: string
}

/**
 * The restore that a report is of: the one of its run; else, of those that name no run and that nobody reported, the last, where its
 * credentials have not ended for longer than a quarter of an hour. `issuances`: those of its device, the oldest first.
 */
export function restoreOf<I extends Paired>(answer: Answer, issuances: readonly I[]): Restore<I> | undefined {
  const restores = restoresOf(issuances).filter(({ deviceId }) => deviceId === answer.deviceId)
  const exact = answer.runId === null ? undefined : restores.find(({ runId }) => runId === answer.runId)
  if (exact !== undefined) return exact
  return restores.findLast(
    (restore) =>
      restore.runId === null &&
      restore.groupId === answer.groupId &&
      restore.type === answer.type &&
      restore.since <= answer.reportedAt &&
      isWithin(answer.reportedAt, restore.until),
  )
}
