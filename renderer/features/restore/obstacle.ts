import { t } from '@lingui/core/macro'
import { permits } from '../../../contract/procedure.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import type { RestorePlan } from '../../../contract/shapes/restore.ts'
import { whyNotInPlace } from './in-place.ts'

/** What stands in the way of starting, in a sentence; empty where the page says it already; null when it can start now. */
export function obstacleTo(host: HostView, plan: RestorePlan | null): string | null {
  const { link, agent, name } = host
  if (link.state !== 'connected') return t`The host cannot be reached now. What you chose is kept until it is back.`
  if (agent === null) return t`Nothing is known yet of the agent on this host.`
  if (!permits(agent.granted.role, 'operator'))
    return t`This console may only look on ${{ host: name }}. A restore needs the role operator: ask an administrator of the host.`
  if (agent.restic === null) return t`The host has no usable restic. Install one there first.`
  if (plan === null) return ''
  if (plan.manner.target.kind === 'in-place') {
    const why = whyNotInPlace(host)
    if (why !== null) return why
  } else if (!plan.fresh && plan.follows === null && !permits(agent.granted.role, 'admin'))
    return t`The folder is not empty. Only the role admin may restore over it: choose an empty folder, or one that does not exist yet.`
  if (plan.free !== null && plan.free < plan.bytes)
    return t`There is not enough room at the target. Choose another folder, or less.`
  if (changesOf(plan) === 0) return nothingWords(plan)
  return null
}

/** Items that would be written or deleted. */
export function changesOf({ totals }: Pick<RestorePlan, 'totals'>): number {
  return totals.delete.items + totals.update.items + totals.create.items
}

function nothingWords({ totals, fresh }: RestorePlan): string {
  if (fresh) return t`There is nothing in it to restore.`
  return totals.skip.items > 0
    ? t`Nothing would be written: all of it is there already, and what differs is to be kept.`
    : t`All of it is there already, just as the snapshot has it. There is nothing to do.`
}
