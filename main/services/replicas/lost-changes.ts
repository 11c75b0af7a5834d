import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { Fault } from '../../../contract/errors.ts'
import { declarationSchema } from '../../../contract/shapes/replica.ts'
import type { SettingStore } from '../../store/index.ts'
import { AnswerLost, type AuditService } from '../audit/index.ts'
import { Background } from '../background.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { PlaneMirror, ReplicaOfPlane } from '../planes/index.ts'

interface Deps {
  readonly mirror: Pick<PlaneMirror, 'of' | 'changes'>
  readonly settings: SettingStore
  readonly audit: Pick<AuditService, 'settleLost'>
  readonly clock: Pick<Clock, 'now'>
  readonly log: Pick<Log, 'error'>
}

/** What a plane shows once a change has been made. */
const wantedSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('declared'), declaration: declarationSchema }),
  /** `before`: when it had been changed last as it was sent. */
  z.object({ is: z.literal('changed'), replicaId: z.string(), declaration: declarationSchema, before: z.string() }),
  z.object({ is: z.literal('removed'), replicaId: z.string() }),
])
export type Wanted = z.infer<typeof wantedSchema>

const lostSchema = z.array(z.object({ entryId: z.string(), lostAt: z.iso.datetime(), wanted: wantedSchema }))
type Lost = z.infer<typeof lostSchema>[number]

/** Milliseconds in which a plane may still carry out what it was sent: until then that it has not is no answer. */
const UNDER_WAY = 120_000

/**
 * Changes whose answer was lost, remembered over a restart: once the plane is seen to have made one, or to have made none, the audit is
 * told. What somebody else has changed since cannot be told apart, and stays unknown.
 */
export class LostChanges implements AsyncDisposable {
  readonly #deps: Deps
  readonly #background: Background

  constructor(deps: Deps) {
    this.#deps = deps
    this.#background = new Background(
      (signal) => this.#run(signal),
      (error) => deps.log.error('changes whose answer was lost are not watched any more', { reason: String(error) }),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#background[Symbol.asyncDispose]()
  }

  /** Carry out a change whose entry has the id that is given to it. Throws what it throws. */
  async watchOver<T>(planeId: string, wanted: Wanted, change: (entryId: string) => Promise<T>): Promise<T> {
    const entryId = randomUUID()
    try {
      return await change(entryId)
    } catch (error) {
      if (error instanceof Fault && error.cause instanceof AnswerLost) {
        const lostAt = this.#deps.clock.now().toISOString()
        this.#keep(planeId, [...this.#of(planeId), { entryId, lostAt, wanted }])
      }
      throw error
    }
  }

  async #run(signal: AbortSignal): Promise<void> {
    using changes = this.#deps.mirror.changes()
    while (!signal.aborted) {
      for (const workspaceId of await changes.next(signal)) {
        try {
          this.#settle(workspaceId)
        } catch (error) {
          this.#deps.log.error('what became of changes whose answer was lost was not written down', {
            reason: String(error),
          })
        }
      }
    }
  }

  #settle(workspaceId: string): void {
    const { mirror, audit } = this.#deps
    for (const { planeId, board, askedAt, silentSince } of mirror.of(workspaceId)) {
      const lost = this.#of(planeId)
      if (lost.length === 0 || board === null || silentSince !== null) continue
      const left = lost.filter((one) => {
        // What was seen before the answer was lost says nothing.
        if (askedAt === null || askedAt <= one.lostAt) return true
        const found = lookFor(one, board.replicas, Date.parse(askedAt))
        if (found !== null) audit.settleLost(one.entryId, found)
        return found === null
      })
      if (left.length < lost.length) this.#keep(planeId, left)
    }
  }

  #of(planeId: string): Lost[] {
    const kept = this.#deps.settings.get(settingOf(planeId))
    return kept === null ? [] : lostSchema.parse(JSON.parse(kept))
  }

  #keep(planeId: string, lost: readonly Lost[]): void {
    this.#deps.settings.set(settingOf(planeId), JSON.stringify(lost))
  }
}

/** Null while it cannot be said. */
function lookFor({ wanted, lostAt }: Lost, replicas: readonly ReplicaOfPlane[], at: number): 'done' | 'failed' | null {
  const notYet = at - Date.parse(lostAt) >= UNDER_WAY ? 'failed' : null
  switch (wanted.is) {
    case 'declared': {
      const { consumerId, name } = wanted.declaration
      const found = replicas.some(
        ({ declaration }) => declaration.consumerId === consumerId && declaration.name === name,
      )
      return found ? 'done' : notYet
    }
    case 'removed':
      return replicas.some(({ id }) => id === wanted.replicaId) ? notYet : 'done'
    case 'changed': {
      const found = replicas.find(({ id }) => id === wanted.replicaId)
      if (found === undefined) return null
      if (isDeepStrictEqual(found.declaration, wanted.declaration)) return 'done'
      return found.updatedAt === wanted.before ? notYet : null
    }
  }
}

function settingOf(planeId: string): string {
  return `lost changes ${planeId}`
}
