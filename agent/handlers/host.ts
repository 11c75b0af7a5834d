import { type AboutAgent, identify, requireProtocol } from '../host/identity.ts'
import type { SnapshotWatch } from '../repositories/snapshot-watch.ts'
import { agent, heed } from './agent-contract.ts'

interface HostHandlersDeps extends AboutAgent {
  readonly snapshotWatch: SnapshotWatch
  /** The tenant that the host belongs to; null while it is in none. */
  readonly workspace: () => string | null
}

export function hostHandlers({ snapshotWatch, workspace, ...about }: HostHandlersDeps) {
  return {
    hello: agent.host.hello.handler(({ input, context }) => {
      requireProtocol(input.protocol)
      const { role, permissions } = context
      return identify(about, { role, permissions: [...permissions], workspace: workspace() })
    }),
    watch: agent.host.watch.handler(async function* ({ signal }) {
      yield* snapshotWatch.watch(heed(signal))
    }),
    ping: agent.host.ping.handler(() => ({})),
  }
}
