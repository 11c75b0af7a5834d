import { Paper } from '@mantine/core'
import type { ReactElement } from 'react'
import { Fault } from '../../../contract/errors.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import { type Description, describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'

/** The oldest restic that can do what the console asks of it, as the agents hold it. */
const RESTIC_WANTED = '0.17.1'

/** What keeps this host from being of use, and what to do about it; nothing where all is well. */
export function HostNotices({ host }: { readonly host: HostView }): ReactElement | null {
  const description = noticeOf(host)
  return description === null ? null : (
    <Paper flex="none">
      <ErrorState description={description} />
    </Paper>
  )
}

function noticeOf({ name, local, link, agent, repositories }: HostView): Description | null {
  // What can be seen of its repositories meanwhile stands with them, and why it is no more.
  if (link.state === 'unreachable' && repositories.length > 0) return null
  if (link.state === 'unreachable' && local) return ownAgentAway(link.reason)
  if (link.state === 'unreachable') return describeError(new Fault('unreachable', { host: name, reason: link.reason }))
  if (agent === null || agent.restic !== null) return null
  return describeError(new Fault('tool_missing', { tool: 'restic', wanted: RESTIC_WANTED, found: agent.resticFound }))
}

/** No network lies between us and our own agent: it is its reason alone that helps. */
function ownAgentAway(reason: string): Description {
  return {
    title: 'This computer’s own agent does not run',
    explanation: reason,
    nextStep: 'The console starts it again by itself; what it says above must be put right first.',
  }
}
