import type { AgentClient } from '../../../contract/agent/index.ts'
import { os } from '../console.ts'
import { signalOf } from '../signals.ts'

/** The way to a host's agent; the hosts service has it. */
interface Asks {
  ask<T>(hostId: string, question: (agent: AgentClient) => Promise<T>, signal: AbortSignal): Promise<T>
}

/** What `audit.*` of the console's contract asks of the host itself: its own record, which is not the one kept here. */
export function chainHandlers(hosts: Asks) {
  return {
    verify: os.audit.verify.handler(({ input: { hostId, anchor }, signal: given }) => {
      const signal = signalOf({ signal: given })
      return hosts.ask(hostId, (agent) => agent.audit.verify({ anchor }, { signal }), signal)
    }),
    anchor: os.audit.anchor.handler(({ input: { hostId }, signal: given }) => {
      const signal = signalOf({ signal: given })
      return hosts.ask(hostId, (agent) => agent.audit.anchor(undefined, { signal }), signal)
    }),
  }
}
