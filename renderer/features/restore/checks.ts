import type { HostView } from '../../../contract/shapes/host.ts'
import type { RestorePlan } from '../../../contract/shapes/restore.ts'
import { formatBytes } from '../../components/format.ts'
import type { StateName } from '../../components/StateBadge.tsx'

export interface Check {
  readonly state: StateName
  readonly words: string
}

/** What has to hold for the restore to go well, each as it stands now. */
export function checksOf(host: HostView, plan: RestorePlan | null, planning: boolean): readonly Check[] {
  return [linkCheck(host), resticCheck(host), freeCheck(host), ...planChecks(plan, planning)]
}

function linkCheck({ link, name }: HostView): Check {
  return link.state === 'connected'
    ? { state: 'succeeded', words: 'agent connected' }
    : { state: 'failed', words: `${name} cannot be reached` }
}

function resticCheck({ agent }: HostView): Check {
  if (agent === null) return { state: 'unknown', words: 'restic: not known yet' }
  return agent.restic === null
    ? { state: 'failed', words: 'no usable restic on the host' }
    : { state: 'succeeded', words: `restic ${agent.restic.version}` }
}

function freeCheck({ activeRun }: HostView): Check {
  return activeRun === null
    ? { state: 'succeeded', words: 'no other run on the host' }
    : { state: 'partial', words: 'another run holds the host' }
}

function planChecks(plan: RestorePlan | null, planning: boolean): readonly Check[] {
  if (plan === null)
    return [{ state: planning ? 'running' : 'unknown', words: planning ? 'counting…' : 'target: not looked at yet' }]
  const target: Check = { state: 'succeeded', words: 'target can be written' }
  if (plan.free === null) return [target, { state: 'unknown', words: 'free space cannot be told' }]
  const words = `${formatBytes(plan.free)} free, ${formatBytes(plan.bytes)} needed`
  return [target, { state: plan.free < plan.bytes ? 'failed' : 'succeeded', words }]
}
