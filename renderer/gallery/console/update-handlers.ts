import { Fault } from '../../../contract/errors.ts'
import type { UpdateState } from '../../../contract/shapes/update.ts'
import type { Implementation } from './implementation.ts'
import { PRESENT } from './moments.ts'
import type { World } from './world.ts'

const OFFER = {
  version: '0.2.0',
  notes: 'Restores go on after a cut without asking.\nThe tree opens a folder of a million files in a second.',
} as const

/** New versions of the in-memory console: each step is there as soon as it was asked for. */
export function ofUpdates(os: Implementation, world: World) {
  const become = (changed: Partial<UpdateState>): UpdateState => {
    world.updates = { ...world.updates, ...changed }
    world.told.updates.publish(world.updates)
    return world.updates
  }
  const requireIdle = (): void => {
    const busy = [...world.hosts.values()].find(({ activeRun }) => activeRun !== null)
    if (busy !== undefined) throw new Fault('conflict', { what: 'run_goes_on', detail: busy.name })
  }
  return {
    watch: os.updates.watch.handler(({ signal }) => world.told.updates.follow(signal, () => [world.updates])),
    setFeed: os.updates.setFeed.handler(({ input: { feed } }) =>
      become({ feed, misread: null, lookedAt: null, step: { at: 'idle' } }),
    ),
    look: os.updates.look.handler(() => {
      requireIdle()
      return become({ lookedAt: new Date(PRESENT).toISOString(), step: { at: 'found', ...OFFER } })
    }),
    fetch: os.updates.fetch.handler(() => {
      requireIdle()
      return become({ step: { at: 'ready', ...OFFER } })
    }),
    install: os.updates.install.handler(() => {
      requireIdle()
      throw new Fault('cancelled', {})
    }),
  }
}
