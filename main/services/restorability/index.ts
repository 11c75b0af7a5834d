import { type ConsoleContext, os } from '../console.ts'
import type { Asker, RestorabilityService } from './restorability-service.ts'

export { RestorabilityService } from './restorability-service.ts'

/** `restorability.*` of the console's contract. */
export function restorabilityHandlers(restorability: RestorabilityService) {
  return {
    board: os.restorability.board.handler(({ context }) => restorability.board(askerOf(context))),
    attempts: os.restorability.attempts.handler(({ input }) => restorability.attempts(input)),
    setBound: os.restorability.setBound.handler(({ input, context }) =>
      restorability.setBound(askerOf(context), input),
    ),
  }
}

function askerOf({ origin, workspace }: ConsoleContext): Asker {
  return { workspaceId: workspace.id, origin }
}
