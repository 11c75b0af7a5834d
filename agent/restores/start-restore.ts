import { hostname } from 'node:os'
import { Fault, refused } from '../../contract/errors.ts'
import { permits } from '../../contract/procedure.ts'
import type { InPlaceConfirmation, RestoreRequest } from '../../contract/shapes/restore.ts'
import type { RunSubject } from '../../contract/shapes/run.ts'
import { driftBetween } from '../../engine/restore/plan-drift.ts'
import type { AuditSubject } from '../audit/audit-log.ts'
import type { Connection } from '../connection.ts'
import { describeFurther, describeRestore } from './describe-restore.ts'
import type { PlannedRestore } from './planned-restore.ts'
import type { PlansKept } from './plans-kept.ts'
import { newlyWanted, type WantedRestore } from './wanted-restore.ts'

/** A restore that somebody asked to have started. */
export interface StartRequest {
  readonly request: RestoreRequest
  readonly requestKey: string
  /** Null only where the target is fresh. */
  readonly planHash: string | null
  /** Null but for one over original files. */
  readonly confirmation: InPlaceConfirmation | null
}

/** Throws `conflict` (`confirmation_needed`, `wrong_host_name`) and `invalid_input` where nothing was to be confirmed. */
export function requireMeant({ target }: WantedRestore['manner'], confirmation: InPlaceConfirmation | null): void {
  const name = hostname()
  if (target.kind === 'in-place') {
    if (confirmation === null) throw new Fault('conflict', { what: 'confirmation_needed', detail: name })
    if (confirmation.hostname !== name) throw new Fault('conflict', { what: 'wrong_host_name', detail: name })
  } else if (confirmation !== null) {
    throw refused(['confirmation'], 'confirmation_unwanted')
  }
}

/**
 * What is going to be done must be what was seen. Throws `plan_drifted` with the difference, and `conflict` (`plan_needed`)
 * where nobody saw a plan and something is there that could be changed.
 */
export function requireSeen(
  planHash: string | null,
  { prepared, target }: PlannedRestore,
  plans: PlansKept<PlannedRestore>,
): void {
  if (planHash === prepared.hash) return
  if (planHash !== null) {
    const earlier = plans.get(planHash)
    const unknown = { added: null, changed: null, removed: null }
    throw new Fault(
      'plan_drifted',
      earlier === undefined ? unknown : driftBetween(earlier.prepared.items, prepared.items),
    )
  }
  if (!target.fresh) throw new Fault('conflict', { what: 'plan_needed', detail: prepared.hash })
}

/**
 * Over what is there already only an administrator restores, in place or not: else a chosen folder would be a way around.
 * With the folder of an earlier run goes on whoever may restore. Throws `forbidden`.
 */
export function requireAllowed({ wanted, target }: PlannedRestore, by: Connection): void {
  if (target.fresh || wanted.follows !== null || permits(by.role, 'admin')) return
  throw new Fault('forbidden', { needs: 'admin' })
}

/** What the record of a run says of a restore that is about to begin. */
export function subjectOf(
  { wanted, target, snapshots, prepared }: PlannedRestore,
  confirmation: InPlaceConfirmation | null,
): Extract<RunSubject, { kind: 'restore' }> {
  const sources = wanted.sources.map((source, at) => ({ ...source, snapshotTime: snapshots[at]?.time ?? '' }))
  return {
    kind: 'restore',
    ...wanted.manner,
    sources,
    targetPath: target.path,
    planHash: prepared.hash,
    follows: wanted.follows,
    reason: confirmation?.reason ?? '',
    safetySnapshot: needsSafety(prepared, confirmation) ? 'wanted' : null,
    evidence: null,
  }
}

/** Nothing is lost by what is only created. */
export function needsSafety({ totals }: PlannedRestore['prepared'], confirmation: InPlaceConfirmation | null): boolean {
  return confirmation?.safetySnapshot === true && totals.update.items + totals.delete.items > 0
}

/** What the audit is told of a request; `wanted` where it is known what it comes to. */
export function auditOf(
  { request, planHash, confirmation, requestKey }: StartRequest,
  wanted: WantedRestore | undefined,
): AuditSubject {
  const known = wanted ?? (request.kind === 'new' ? newlyWanted(request) : undefined)
  const common = { action: 'host.restore' as const, requestKey, planHash, reason: confirmation?.reason ?? '' }
  if (known === undefined) {
    return { ...common, summary: request.kind === 'new' ? '' : describeFurther(request) }
  }
  const { sources, manner, repositoryId } = known
  const { target } = manner
  return {
    ...common,
    summary: describeRestore(known),
    repositoryId,
    snapshotId: sources[0]?.snapshotId ?? null,
    targetPath: target.kind === 'path' ? target.path : target.kind === 'in-place' ? '/' : null,
  }
}
