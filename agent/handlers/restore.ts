import type { Restores } from '../restores/restores.ts'
import { agent, heed } from './agent-contract.ts'

export function restoreHandlers(restores: Restores) {
  return {
    plan: agent.restore.plan.handler(({ input, signal }) => restores.plan(input, heed(signal))),
    start: agent.restore.start.handler(({ input, context, signal }) => restores.start(input, context, heed(signal))),
  }
}
