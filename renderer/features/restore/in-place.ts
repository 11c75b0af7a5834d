import { t } from '@lingui/core/macro'
import { permits } from '../../../contract/procedure.ts'
import type { HostView } from '../../../contract/shapes/host.ts'

const PLATFORMS = ['linux', 'darwin', 'freebsd']
const SHORTEST_REASON = 3

/** Said by whoever starts a restore over original files. */
export interface Confirmation {
  /** As it was typed. */
  readonly hostname: string
  readonly reason: string
  readonly safetySnapshot: boolean
}

export const NOT_CONFIRMED: Confirmation = { hostname: '', reason: '', safetySnapshot: true }

/** Why a host's original files cannot be written over by this console, in a sentence; null when they can. */
export function whyNotInPlace({ name, agent }: HostView): string | null {
  if (agent === null) return t`Nothing is known yet of the agent on ${{ host: name }}.`
  if (!PLATFORMS.includes(agent.platform))
    return t`Not on ${{ platform: agent.platform }}: restic cannot put owners and permissions back there without loss.`
  if (!permits(agent.granted.role, 'admin'))
    return t`It needs the role admin; this console is ${{ role: agent.granted.role }} on ${{ host: name }}.`
  if (!agent.privileged)
    return t`The agent on ${{ host: name }} runs as ${{ user: agent.username }}, and only root can give files their owners back.`
  return null
}

/** What a confirmation still lacks, in a sentence; null when it is whole. */
export function missingOf(confirmation: Confirmation, hostname: string): string | null {
  if (confirmation.hostname === '') return t`Type ${hostname} to say that it is the right host.`
  if (confirmation.hostname !== hostname)
    return t`“${{ typed: confirmation.hostname }}” is not this host: it is called ${hostname}.`
  if (confirmation.reason.trim().length < SHORTEST_REASON) return t`Say why. It is recorded in the audit.`
  return null
}
