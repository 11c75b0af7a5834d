import { os } from '../console.ts'
import { signalOf } from '../signals.ts'
import type { FanOutsService } from './fan-outs-service.ts'

export { FanOutsService } from './fan-outs-service.ts'

/** `fanOuts.*` of the console's contract. */
export function fanOutHandlers(fanOuts: FanOutsService) {
  return {
    plan: os.fanOuts.plan.handler(({ input, signal }) => fanOuts.plan(input, signalOf({ signal }))),
    start: os.fanOuts.start.handler(({ input, context }) =>
      fanOuts.start(input, null, { origin: context.origin, workspaceId: context.workspace.id }),
    ),
    startInPlace: os.fanOuts.startInPlace.handler(({ input: { confirmation, ...order }, context }) =>
      fanOuts.start(order, confirmation, { origin: context.origin, workspaceId: context.workspace.id }),
    ),
    watch: os.fanOuts.watch.handler(({ input, context, signal }) =>
      fanOuts.watch(context.workspace.id, input.limit, signalOf({ signal })),
    ),
    follow: os.fanOuts.follow.handler(({ input, context, signal }) =>
      fanOuts.follow(input.fanOutId, context.workspace.id, signalOf({ signal })),
    ),
    cancel: os.fanOuts.cancel.handler(({ input, context }) =>
      fanOuts.cancel(input.fanOutId, input.when, { origin: context.origin, workspaceId: context.workspace.id }),
    ),
  }
}
