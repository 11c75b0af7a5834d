import type { SettingStore } from '../../store/index.ts'
import { Background } from '../background.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { PlaneMirror } from '../planes/index.ts'
import { firstOf } from '../signals.ts'
import type { NoticesService } from './notices-service.ts'
import { compareTroubles, type Troubles, troublesSchema } from './proof-troubles.ts'

interface Deps {
  readonly notices: Pick<NoticesService, 'noteProof' | 'watched' | 'changes'>
  readonly mirror: Pick<PlaneMirror, 'of' | 'changes' | 'lookAgain'>
  readonly settings: SettingStore
  readonly clock: Clock
  readonly log: Log
}

/** Milliseconds between two looks at planes that nobody looks at otherwise. */
const EVERY = 60_000

/**
 * Tells of replicas that come to need somebody, once for each change, while a window is there to be told. What was told is remembered
 * over a restart: what begins while no window is there is told to the next one. What a plane says the first time is where it begins.
 */
export class ProofNotices implements AsyncDisposable {
  readonly #deps: Deps
  readonly #background: Background

  constructor(deps: Deps) {
    this.#deps = deps
    this.#background = new Background(
      (signal) => this.#run(signal),
      (error) => deps.log.error('replicas are not watched any more for notices', { reason: String(error) }),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#background[Symbol.asyncDispose]()
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { notices, mirror, clock } = this.#deps
    using ofPlanes = mirror.changes()
    using ofWindows = notices.changes()
    while (!signal.aborted) {
      for (const workspaceId of new Set(notices.watched())) {
        try {
          this.#compare(workspaceId)
        } catch (error) {
          this.#deps.log.error('the replicas of a workspace were not looked at for notices', { reason: String(error) })
        }
        mirror.lookAgain(workspaceId, EVERY)
      }
      await firstOf(signal, (either) => [ofPlanes.next(either), ofWindows.next(either), clock.pause(EVERY, either)])
    }
  }

  #compare(workspaceId: string): void {
    const { notices, mirror, settings } = this.#deps
    for (const { planeId: id, planeName: name, board, silentSince } of mirror.of(workspaceId)) {
      if (board === null || silentSince !== null) continue
      const kept = settings.get(settingOf(id))
      const before: Troubles = kept === null ? {} : troublesSchema.parse(JSON.parse(kept))
      const { now, notices: told } = compareTroubles({ id, name }, before, board.replicas)
      const text = JSON.stringify(now)
      if (text === kept) continue
      settings.set(settingOf(id), text)
      if (kept !== null) for (const notice of told) notices.noteProof(workspaceId, notice)
    }
  }
}

function settingOf(planeId: string): string {
  return `troubles of ${planeId}`
}
