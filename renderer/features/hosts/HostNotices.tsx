import { Paper } from '@mantine/core'
import type { ReactElement } from 'react'
import { Fault } from '../../../contract/errors.ts'
import type { HostView } from '../../../contract/shapes/host.ts'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'

/** The oldest restic that can do what the console asks of it, as the agents hold it. */
const RESTIC_WANTED = '0.17.1'

/** What keeps this host from being of use, and what to do about it; nothing where all is well. */
export function HostNotices({ host }: { readonly host: HostView }): ReactElement | null {
  const fault = faultOf(host)
  return fault === null ? null : (
    <Paper flex="none">
      <ErrorState description={describeError(fault)} />
    </Paper>
  )
}

function faultOf({ name, link, agent }: HostView): Fault | null {
  if (link.state === 'unreachable') return new Fault('unreachable', { host: name, reason: link.reason })
  if (agent !== null && agent.restic === null)
    return new Fault('tool_missing', { tool: 'restic', wanted: RESTIC_WANTED, found: agent.resticFound })
  return null
}
