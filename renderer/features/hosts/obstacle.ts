import { t } from '@lingui/core/macro'
import { permits, type Role } from '../../../contract/procedure.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import { formatRelative } from '../../components/format.ts'

/** Why something that needs this role cannot be done on a host now, in a sentence; null when it can. */
export function obstacleOn(host: HostView, needs: Role, now: Date): string | null {
  const { name, local, link, agent } = host
  if (link.state === 'connected') {
    if (agent === null || permits(agent.granted.role, needs)) return null
    return t`It needs the role ${needs}; this console is ${agent.granted.role} on ${name}.`
  }
  if (local) return t`This computer’s own agent does not run.`
  const seen =
    link.lastSeenAt === null
      ? t`It has never been seen.`
      : t`It was last seen ${formatRelative(new Date(link.lastSeenAt), now)}.`
  switch (link.state) {
    case 'connecting':
      return t`${name} is being connected. ${seen}`
    case 'refused':
      return t`${name} does not let this console in. ${seen}`
    case 'unreachable':
      return t`${name} is away. ${seen}`
  }
}

/** Why nothing can be run on a host that has no restic that will do; null where it has one. */
export function withoutRestic({ name, agent }: HostView): string | null {
  if (agent === null || agent.restic !== null) return null
  return agent.resticFound === null
    ? t`There is no restic on ${name}. Install one there first.`
    : t`The restic on ${name} is too old: ${agent.resticFound}. Install a newer one there first.`
}
