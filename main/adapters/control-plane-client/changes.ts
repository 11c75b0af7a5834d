import { z } from 'zod'
import { Fault, isFault } from '../../../contract/errors.ts'
import type { PlaneDialect } from '../../../contract/shapes/plane.ts'
import type { Declaration } from '../../../contract/shapes/replica.ts'
import type { Caller } from './caller.ts'
import { namingOf, readDeclaration, writeDeclaration, writeFirstChange } from './declaration.ts'
import type { Fleet } from './fleet.ts'
import { Refusal } from './refusal.ts'
import { type ViewShape, viewShape } from './shapes.ts'

interface Deps {
  readonly caller: Caller
  readonly fleet: Fleet
  readonly dialect: PlaneDialect
}

/** Changes of declarations, so that none overwrites what somebody else has changed, as far as the plane lets us see that. */
export class DeclarationChanges {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Its id. Throws `conflict` (`replica_exists`). */
  async declare(declaration: Declaration, known: readonly ViewShape[], signal: AbortSignal): Promise<string> {
    const { caller, fleet, dialect } = this.#deps
    const body = writeDeclaration(declaration, dialect, namingOf(dialect, known))
    try {
      const call = { path: '/api/restore_replicas/create', body, grade: 'write' } as const
      return (await caller.call(call, viewShape, signal)).id
    } catch (error) {
      if (!isFault(error, 'conflict')) throw error
      throw existsAlready(declaration, await fleet.views(signal), error)
    }
  }

  /**
   * Ours refuses what is not as it was. Others are read again just before, which leaves a moment in which nobody would notice. Throws
   * `not_found`, `conflict` (`replica_exists`, `replica_changed`).
   */
  async change(replicaId: string, declaration: Declaration, updatedAt: string, signal: AbortSignal): Promise<void> {
    const { caller, fleet, dialect } = this.#deps
    const place = { id: replicaId, groupId: declaration.groupId, updatedAt }
    const before = dialect === 'ours' ? null : await this.#unchanged(place, signal)
    const about = { what: 'replica', id: replicaId }
    const body =
      before !== null && dialect === 'first'
        ? writeFirstChange(readDeclaration(before), declaration)
        : {
            ...writeDeclaration(declaration, dialect, namingOf(dialect, before === null ? [] : [before])),
            enabled: declaration.enabled,
            ...(dialect === 'ours' ? { if_updated_at: updatedAt } : {}),
          }
    try {
      const call = { path: '/api/restore_replicas/update', body: { id: replicaId, ...body }, grade: 'write' } as const
      await caller.call({ ...call, about }, z.unknown(), signal)
    } catch (error) {
      if (!isFault(error, 'conflict')) throw error
      // One status for both, and not every plane says which: whether it was changed shows in what it is now.
      await this.#unchanged(place, signal)
      throw existsAlready(declaration, await fleet.views(signal), error)
    }
  }

  /** As it is now. Throws `conflict` (`replica_changed`) with who changed it, where the plane says; `not_found`. */
  async #unchanged({ id, groupId, updatedAt }: Place, signal: AbortSignal): Promise<ViewShape> {
    const now = await this.#deps.fleet.view(id, groupId, signal)
    if (now === undefined) throw new Fault('not_found', { what: 'replica', id })
    if (now.updated_at !== updatedAt) {
      throw new Fault('conflict', { what: 'replica_changed', detail: now.updated_by ?? '' })
    }
    return now
  }
}

interface Place {
  readonly id: string
  readonly groupId: string
  readonly updatedAt: string
}

/** The id of the one that has the name, where it is to be seen; else the plane's sentence. */
function existsAlready(declaration: Declaration, views: readonly ViewShape[], refused: Fault<'conflict'>): Fault {
  const { consumerId, name } = declaration
  const same = views.find((view) => view.consumer_device_id === consumerId && view.name === name.trim())
  const said = refused.cause instanceof Refusal ? refused.cause.members.existing_id : undefined
  const detail = said ?? same?.id ?? refused.data.detail
  return new Fault('conflict', { what: 'replica_exists', detail }, { cause: refused })
}
