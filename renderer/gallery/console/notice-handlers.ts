import type { Implementation } from './implementation.ts'
import type { World } from './world.ts'

/** What the in-memory console says of runs that end: what a test or a scene publishes. */
export function ofNotices(os: Implementation, world: World) {
  return {
    watch: os.notices.watch.handler(({ signal }) =>
      world.told.notices.follow(signal, () => [{ event: 'begun' as const }, ...world.notices]),
    ),
    settings: os.notices.settings.handler(() => world.noticeSettings),
    change: os.notices.change.handler(({ input }) => {
      world.noticeSettings = input
      return input
    }),
    say: os.notices.say.handler(() => ({})),
    seen: os.notices.seen.handler(() => ({})),
  }
}
