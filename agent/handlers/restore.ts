import type { Restores } from '../restores/restores.ts'
import { agent, heed } from './agent-contract.ts'

export function restoreHandlers(restores: Restores) {
  return {
    plan: agent.restore.plan.handler(({ input, signal }) => restores.plan(input.request, heed(signal))),
    planItems: agent.restore.planItems.handler(({ input }) => restores.planItems(input)),
    start: agent.restore.start.handler(({ input, context, signal }) =>
      restores.start({ ...input, confirmation: null }, context, heed(signal)),
    ),
    startInPlace: agent.restore.startInPlace.handler(({ input, context, signal }) =>
      restores.start(input, context, heed(signal)),
    ),
  }
}
