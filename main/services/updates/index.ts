import { Fault } from '../../../contract/errors.ts'
import type { UpdateObstacle, UpdateState } from '../../../contract/shapes/update.ts'
import type { AuditService } from '../audit/index.ts'
import type { ChangeReader } from '../changes.ts'
import { os } from '../console.ts'
import { signalOf } from '../signals.ts'

/** A shell that can replace the console it runs. Nothing is fetched or put in place that nobody has agreed to. */
export interface Updater {
  state(): Pick<UpdateState, 'feed' | 'misread' | 'lookedAt' | 'step'>
  /** Whenever the state has changed. */
  subscribe(): ChangeReader<'updates'>
  /** Asks whoever sits before it. Throws `cancelled`. */
  setFeed(feed: string | null): Promise<void>
  /** Throws `conflict` (`updates_off`, `run_goes_on`). */
  look(): Promise<void>
  /** Throws `conflict` (`nothing_to_fetch`, `run_goes_on`). */
  fetch(): Promise<void>
  /** Asks whoever sits before it. Throws `cancelled`, `conflict` (`nothing_to_install`, `run_goes_on`). */
  install(): Promise<void>
}

interface Deps {
  readonly version: string
  /** Why there is none, where there is none. */
  readonly updater: Updater | UpdateObstacle
  readonly audit: Pick<AuditService, 'perform'>
}

/** `updates.*` of the console's contract. */
export function updateHandlers({ version, updater, audit }: Deps) {
  const state = (): UpdateState =>
    typeof updater === 'string'
      ? { version, obstacle: updater, feed: null, misread: null, lookedAt: null, step: { at: 'idle' } }
      : { version, obstacle: null, ...updater.state() }
  const able = (): Updater => {
    if (typeof updater === 'string') throw new Fault('forbidden', { needs: 'desktop' })
    return updater
  }
  return {
    watch: os.updates.watch.handler(async function* ({ signal }) {
      if (typeof updater === 'string') return yield state()
      using changes = updater.subscribe()
      while (true) {
        yield state()
        await changes.next(signalOf({ signal }))
      }
    }),
    setFeed: os.updates.setFeed.handler(async ({ input: { feed }, context: { origin, workspace } }) => {
      const shell = able()
      const summary = feed === null ? 'updates: off' : `updates: from ${feed}`
      const dispatch = { action: 'console.settings', origin, workspaceId: workspace.id, summary } as const
      await audit.perform(dispatch, () => shell.setFeed(feed))
      return state()
    }),
    look: os.updates.look.handler(async () => {
      await able().look()
      return state()
    }),
    fetch: os.updates.fetch.handler(async () => {
      await able().fetch()
      return state()
    }),
    install: os.updates.install.handler(async ({ context: { origin, workspace } }) => {
      const shell = able()
      const { step } = shell.state()
      const summary = `updates: ${step.at === 'ready' ? step.version : 'nothing'} in place of ${version}`
      const dispatch = { action: 'console.settings', origin, workspaceId: workspace.id, summary } as const
      await audit.perform(dispatch, () => shell.install())
      return state()
    }),
  }
}
