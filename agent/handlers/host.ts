import { identify, requireProtocol } from '../host/identity.ts'
import { agent } from './agent-contract.ts'

export function hostHandlers(about: Parameters<typeof identify>[0]) {
  return {
    hello: agent.host.hello.handler(({ input }) => {
      requireProtocol(input.protocol)
      return identify(about)
    }),
  }
}
