import { t } from '@lingui/core/macro'
import { permits } from '../../../contract/procedure.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { FurtherRestore } from '../../../contract/shapes/restore.ts'
import { isEnded, type Run } from '../../../contract/shapes/run.ts'
import type { Follower, RestoreSubject } from './run-history.ts'

/** What may follow from a run, and what is in the way of it: a sentence, or null. */
export interface FurtherStep {
  readonly as: FurtherRestore['kind']
  readonly obstacle: string | null
}

type KnownHost = Pick<HostView, 'name' | 'link' | 'agent'>

/** What may follow from a restore that has ended; nothing for other runs, and while it goes on. */
export function furtherSteps(run: Run, host: KnownHost | null, followers: readonly Follower[]): FurtherStep[] {
  const { subject, state, counts } = run
  if (subject.kind !== 'restore' || !isEnded(state)) return []
  const steps: FurtherStep[] = []
  const general = generalObstacle(subject, host)
  if (state === 'cancelled' || state === 'interrupted' || state === 'failed')
    steps.push({ as: 'resume', obstacle: general ?? resumed(followers) })
  if (counts.failed > 0) steps.push({ as: 'retry', obstacle: general })
  if (subject.target.kind === 'in-place')
    steps.push({ as: 'revert', obstacle: noWayBack(run, subject, followers) ?? general })
  return steps
}

function generalObstacle({ target }: RestoreSubject, host: KnownHost | null): string | null {
  if (host === null) return t`This console no longer knows its host.`
  if (host.link.state !== 'connected') return t`${{ host: host.name }} cannot be reached now.`
  const role = host.agent?.granted.role ?? 'viewer'
  const needed = target.kind === 'in-place' ? 'admin' : 'operator'
  return permits(role, needed)
    ? null
    : t`${{ host: host.name }} grants this console the role ${role}; this needs the role ${needed}.`
}

function resumed(followers: readonly Follower[]): string | null {
  const whole = followers.find(({ run, kind }) => kind === 'resume' && run.state === 'succeeded')
  return whole === undefined ? null : t`It was resumed, and that run restored everything.`
}

/** Why what was there before cannot come back; null where it can. */
function noWayBack({ counts }: Run, { safetySnapshot }: RestoreSubject, followers: readonly Follower[]): string | null {
  const reverted = followers.some(({ run, kind }) => kind === 'revert' && run.state === 'succeeded')
  if (reverted) return t`It was already reverted.`
  const overwrote = counts.updated + counts.deleted > 0
  if (safetySnapshot === 'wanted') return t`It ended before the safety snapshot was made; nothing was written.`
  if (safetySnapshot !== null) return null
  if (overwrote) return t`It was done without a safety snapshot: nothing holds what was there before.`
  return counts.restored > 0 ? null : t`It changed nothing.`
}
