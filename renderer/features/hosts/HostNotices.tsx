import { t } from '@lingui/core/macro'
import { Button, Paper } from '@mantine/core'
import type { ReactElement } from 'react'
import { Fault } from '../../../contract/errors.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import { type Description, describeError } from '../../client/describe-fault.ts'
import { reasonWords } from '../../client/reason-words.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { formatMoment } from '../../components/format.ts'
import { useReach } from './use-reach.ts'

/** The oldest restic that can do what the console asks of it, as the agents hold it. */
const RESTIC_WANTED = '0.17.1'

/** What keeps this host from being of use, and what to do about it; nothing where all is well. */
export function HostNotices({ host }: { readonly host: HostView }): ReactElement | null {
  const reach = useReach(host.id)
  const description = noticeOf(host)
  const isApart = host.link.state === 'unreachable' || host.link.state === 'refused'
  return description === null ? null : (
    <Paper flex="none">
      <ErrorState
        description={description}
        action={isApart && <Button variant="default" loading={reach.asking} onClick={reach.run}>{t`Try now`}</Button>}
      />
    </Paper>
  )
}

/** What stands above a host's page; null where all is well, or where its repositories say it. */
export function noticeOf({ name, local, link, door, agent, repositories }: HostView): Description | null {
  if (link.state === 'refused') return refusedBy(name, link, door)
  // What can be seen of its repositories meanwhile stands with them, and why it is no more.
  if (link.state === 'unreachable' && repositories.length > 0) return null
  if (link.state === 'unreachable' && local) return ownAgentAway(reasonWords(link))
  if (link.state === 'unreachable')
    return {
      ...describeError(new Fault('unreachable', { host: name, reason: link.reason, why: link.why })),
      nextStep: t`Check that the machine is on and its agent is running. The console keeps trying by itself.`,
    }
  if (agent === null || agent.restic !== null) return null
  return describeError(new Fault('tool_missing', { tool: 'restic', wanted: RESTIC_WANTED, found: agent.resticFound }))
}

/** No network lies between us and our own agent: it is its reason alone that helps. */
function ownAgentAway(reason: string): Description {
  return {
    title: t`This computer’s own agent does not run`,
    explanation: reason,
    nextStep: t`The console starts it again by itself; what it says above must be put right first.`,
  }
}

function refusedBy(name: string, link: HostView['link'], door: HostView['door']): Description {
  return {
    title: t`There is no way in to ${name} since ${formatMoment(new Date(link.since))}`,
    explanation: reasonWords(link),
    nextStep:
      door.kind === 'ssh'
        ? t`Try “ssh ${door.destination} restore-agent stdio” in a terminal: it must begin without a question. Then try here.`
        : t`Ask the host’s administrator what has changed: “restore-agent doctor” and “restore-agent peers” tell. If all is well there, enrol it again with a new line. The console does not try by itself.`,
  }
}
