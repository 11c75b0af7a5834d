import { type ConsoleContext, os } from '../console.ts'
import { signalOf } from '../signals.ts'
import type { ConsumersService } from './consumers-service.ts'
import type { Asker, OwnConsumers } from './own-consumers.ts'

export { ConsumersService } from './consumers-service.ts'
export { OwnConsumers, type StartConsumer } from './own-consumers.ts'

/** `consumers.*` of the console's contract. */
export function consumerHandlers(consumers: ConsumersService, own: OwnConsumers) {
  return {
    watch: os.consumers.watch.handler(({ context, signal }) =>
      consumers.watch(context.workspace.id, signalOf({ signal })),
    ),
    worklist: os.consumers.worklist.handler(({ input, signal }) => consumers.worklist(input, signalOf({ signal }))),
    issuances: os.consumers.issuances.handler(({ input: { before, ...where }, signal }) =>
      consumers.issuances(where, before, signalOf({ signal })),
    ),
    connections: os.consumers.connections.handler(({ input, signal }) =>
      consumers.connections(input, signalOf({ signal })),
    ),
    code: os.consumers.code.handler(({ input: { planeId, name }, context: { origin } }) =>
      consumers.code(planeId, origin, name),
    ),
    dismiss: os.consumers.dismiss.handler(async ({ input, context: { origin } }) => {
      await consumers.dismiss(input, origin)
      return {}
    }),
    watchOwn: os.consumers.watchOwn.handler(({ context, signal }) =>
      own.watch(context.workspace.id, signalOf({ signal })),
    ),
    setOwn: os.consumers.setOwn.handler(({ input: { on }, context }) => own.set(askerOf(context), on)),
    verifyNow: os.consumers.verifyNow.handler(({ input: { key }, context }) => {
      own.verifyNow(askerOf(context), key)
      return {}
    }),
  }
}

function askerOf({ origin, workspace }: ConsoleContext): Asker {
  return { workspaceId: workspace.id, origin }
}
