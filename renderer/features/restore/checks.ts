import { t } from '@lingui/core/macro'
import { isFault } from '../../../contract/errors.ts'
import { permits } from '../../../contract/procedure.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { RestorePlan, Target } from '../../../contract/shapes/restore.ts'
import { describeError } from '../../client/describe-fault.ts'
import { formatBytes, formatRelative } from '../../components/format.ts'
import type { StateName } from '../../components/StateBadge.tsx'
import { concernsTarget } from './restore-choice.ts'

export interface Check {
  readonly state: StateName
  readonly words: string
  /** One thing to do, where it does not hold. */
  readonly next?: string
  /** The run that is in the way. */
  readonly runId?: string
}

export interface Checked {
  readonly host: HostView
  readonly target: Target['kind']
  /** Of exactly what is chosen; null while there is none. */
  readonly plan: RestorePlan | null
  readonly planning: boolean
  readonly error: unknown
  readonly now: Date
}

/** After how many minutes a plan is told to be old. */
const OLD_MINUTES = 15

/** What has to hold for the restore to go well, each as it stands now. */
export function checksOf(checked: Checked): readonly Check[] {
  const { host, target } = checked
  return [linkCheck(host), roleCheck(host, target), resticCheck(host), freeCheck(host), ...planChecks(checked)]
}

function linkCheck({ link, name }: HostView): Check {
  return link.state === 'connected'
    ? { state: 'succeeded', words: t`agent connected` }
    : {
        state: 'failed',
        words: t`${name} cannot be reached`,
        next: t`Check whether the machine is on. What you chose is kept until it is back.`,
      }
}

function roleCheck({ agent, name }: HostView, target: Target['kind']): Check {
  if (agent === null) return { state: 'unknown', words: t`role: not known yet` }
  const { role } = agent.granted
  const needed = target === 'in-place' ? 'admin' : 'operator'
  return permits(role, needed)
    ? { state: 'succeeded', words: t`role ${role}` }
    : {
        state: 'failed',
        words: t`role ${role}, and it takes ${needed}`,
        next: t`Ask an administrator of ${name} for another invitation.`,
      }
}

function resticCheck({ agent }: HostView): Check {
  if (agent === null) return { state: 'unknown', words: t`restic: not known yet` }
  if (agent.restic !== null) return { state: 'succeeded', words: t`restic ${{ version: agent.restic.version }}` }
  const words =
    agent.resticFound === null ? t`no restic on the host` : t`restic ${{ version: agent.resticFound }} is too old`
  return { state: 'failed', words, next: t`Install restic 0.17.1 or newer there.` }
}

function freeCheck({ activeRun }: HostView): Check {
  return activeRun === null
    ? { state: 'succeeded', words: t`no other run on the host` }
    : {
        state: 'partial',
        words: t`another run holds the host`,
        next: t`Wait for it, or cancel it.`,
        runId: activeRun.id,
      }
}

function planChecks({ plan, planning, error, now }: Checked): readonly Check[] {
  if (plan === null && planning) return [{ state: 'running', words: t`looking at the target` }]
  if (plan === null && concernsTarget(error)) {
    return [{ state: 'failed', words: targetWords(error), next: describeError(error).nextStep }]
  }
  if (plan === null) return [{ state: 'unknown', words: t`target: not looked at yet` }]
  return [lockCheck(plan), ...spaceChecks(plan), ageCheck(plan, now)]
}

function lockCheck({ lockedBy }: RestorePlan): Check {
  return lockedBy === null
    ? { state: 'succeeded', words: t`repository unlocked` }
    : {
        state: 'partial',
        words: t`repository locked by ${lockedBy}`,
        next: t`Wait for that restic; if it is no longer running, remove its lock with “restic unlock”.`,
      }
}

function spaceChecks({ free, bytes }: RestorePlan): readonly Check[] {
  const writable: Check = { state: 'succeeded', words: t`target can be written` }
  if (free === null) return [writable, { state: 'unknown', words: t`free space cannot be told` }]
  const words = t`${{ free: formatBytes(free) }} free, ${{ needed: formatBytes(bytes) }} needed`
  return free < bytes
    ? [writable, { state: 'failed', words, next: t`Choose another folder, free some space, or take less.` }]
    : [writable, { state: 'succeeded', words }]
}

function ageCheck({ madeAt }: RestorePlan, now: Date): Check {
  const made = new Date(madeAt)
  const words = t`plan made ${{ ago: formatRelative(made, now) }}`
  return now.getTime() - made.getTime() > OLD_MINUTES * 60_000
    ? { state: 'partial', words, next: t`The host may have changed: plan again.` }
    : { state: 'succeeded', words }
}

const TARGET_WORDS: Readonly<Record<string, string>> = {
  target_not_empty: t`the target folder is not empty`,
  target_in_repository: t`the target folder lies inside the repository`,
  path_not_confinable: t`the target’s name cannot be used`,
}

function targetWords(error: unknown): string {
  const what = isFault(error, 'conflict') ? error.data.what : ''
  return TARGET_WORDS[what] ?? t`the target folder cannot be used`
}
