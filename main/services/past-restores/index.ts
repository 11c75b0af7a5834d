import { type ConsoleContext, os } from '../console.ts'
import { signalOf } from '../signals.ts'
import type { Asker, PastRestoresService } from './past-restores-service.ts'
import type { RestoreNews } from './restore-news.ts'

export { PastRestoresService } from './past-restores-service.ts'
export { RestoreNews } from './restore-news.ts'

/** `pastRestores.*` of the console's contract. */
export function pastRestoreHandlers(restores: PastRestoresService, news: RestoreNews) {
  return {
    page: os.pastRestores.page.handler(({ input, context }) => restores.page(askerOf(context), input)),
    totals: os.pastRestores.totals.handler(({ input, context }) => restores.totals(askerOf(context), input.filter)),
    days: os.pastRestores.days.handler(({ input, context }) =>
      restores.days(askerOf(context), input.filter, input.days),
    ),
    durations: os.pastRestores.durations.handler(({ input, context }) =>
      restores.durations(askerOf(context), input.filter),
    ),
    actors: os.pastRestores.actors.handler(({ context }) => restores.actors(askerOf(context))),
    get: os.pastRestores.get.handler(({ input, context }) => restores.get(askerOf(context), input)),
    watch: os.pastRestores.watch.handler(({ context, signal }) =>
      news.watch(context.workspace.id, signalOf({ signal })),
    ),
    export: os.pastRestores.export.handler(async function* ({ input, context }) {
      yield* restores.export(askerOf(context), input)
    }),
  }
}

function askerOf({ origin, workspace }: ConsoleContext): Asker {
  return { workspaceId: workspace.id, origin }
}
