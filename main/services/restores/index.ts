import { os } from '../console.ts'
import { signalOf } from '../signals.ts'
import type { RestoreDefaultsService } from './restore-defaults.ts'
import type { RestoresService } from './restores-service.ts'

export { RestoreDefaultsService } from './restore-defaults.ts'
export { RestoresService } from './restores-service.ts'
export { summariseSources } from './summary.ts'

/** `restores.*` of the console's contract. */
export function restoreHandlers(restores: RestoresService, defaults: RestoreDefaultsService) {
  return {
    plan: os.restores.plan.handler(({ input, signal }) => restores.plan(input, signalOf({ signal }))),
    planItems: os.restores.planItems.handler(({ input, signal }) => restores.planItems(input, signalOf({ signal }))),
    start: os.restores.start.handler(({ input, context }) => restores.start(input, context.origin)),
    startInPlace: os.restores.startInPlace.handler(({ input, context }) =>
      restores.startInPlace(input, context.origin),
    ),
    defaults: os.restores.defaults.handler(({ context }) => defaults.of(context.workspace.id)),
    changeDefault: os.restores.changeDefault.handler(({ input: { chosen }, context: { origin, workspace } }) =>
      defaults.change(chosen, { origin, workspaceId: workspace.id }),
    ),
    changeDefaultOn: os.restores.changeDefaultOn.handler(({ input: { hostId, chosen }, context }) =>
      defaults.changeOn(hostId, chosen, { origin: context.origin, workspaceId: context.workspace.id }),
    ),
  }
}
