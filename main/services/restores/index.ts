import { os } from '../console.ts'
import { signalOf } from '../signals.ts'
import type { RestoresService } from './restores-service.ts'

export { RestoresService } from './restores-service.ts'
export { summariseSources } from './summary.ts'

/** `restores.*` of the console's contract. */
export function restoreHandlers(restores: RestoresService) {
  return {
    plan: os.restores.plan.handler(({ input, signal }) => restores.plan(input, signalOf({ signal }))),
    planItems: os.restores.planItems.handler(({ input, signal }) => restores.planItems(input, signalOf({ signal }))),
    start: os.restores.start.handler(({ input, context }) => restores.start(input, context.origin)),
    startInPlace: os.restores.startInPlace.handler(({ input, context }) =>
      restores.startInPlace(input, context.origin),
    ),
  }
}
