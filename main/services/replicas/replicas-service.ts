import { isDeepStrictEqual } from 'node:util'
import { Fault } from '../../../contract/errors.ts'
import type { Declaration, Replica, ReplicaBoard, ReplicaPreview } from '../../../contract/shapes/replica.ts'
import type { PlaneMirror, PlanesService, ReplicaAccess, ReplicaOfPlane } from '../planes/index.ts'
import { neverAborted } from '../signals.ts'
import { wordsForChange, wordsForDeclaration } from './declaration-words.ts'
import type { LostChanges } from './lost-changes.ts'

interface Deps {
  readonly planes: PlanesService
  readonly mirror: PlaneMirror
  readonly lost: Pick<LostChanges, 'watchOver'>
}

export interface ReplicaPlace {
  readonly planeId: string
  readonly replicaId: string
}

/** Milliseconds until a board that says the same is told again, for when it was asked for. */
const SAME = 60_000

/** What should be restorable, on all planes of a workspace, and how it stands. */
export class ReplicasService {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** As the planes said last; of one that is silent, what it said before. */
  board(workspaceId: string): ReplicaBoard {
    const seen = this.#deps.mirror.of(workspaceId)
    const asked = seen.flatMap(({ askedAt }) => askedAt ?? []).toSorted()
    return {
      replicas: seen.flatMap(({ planeId, board }) =>
        (board?.replicas ?? []).map((replica): Replica => ({ planeId, ...replica })),
      ),
      askedAt: asked.at(-1) ?? null,
      silent: seen.flatMap(({ planeId, silentSince }) => (silentSince === null ? [] : { planeId, since: silentSince })),
    }
  }

  /** The board, now and again whenever it has changed. The planes are looked at for as long as somebody watches. */
  async *watch(workspaceId: string, signal: AbortSignal): AsyncGenerator<ReplicaBoard> {
    const { mirror } = this.#deps
    using _attended = mirror.attend(workspaceId)
    using changes = mirror.changes()
    let told = this.board(workspaceId)
    yield told
    while (true) {
      const changed = await changes.next(signal)
      if (!changed.includes(workspaceId)) continue
      const board = this.board(workspaceId)
      if (saysTheSame(told, board)) continue
      told = board
      yield board
    }
  }

  /** Ask the planes now. */
  async refresh(workspaceId: string): Promise<void> {
    await this.#deps.mirror.refresh(workspaceId)
  }

  async preview(
    { planeId, replicaId }: { readonly planeId: string; readonly replicaId: string | null },
    declaration: Declaration,
    signal: AbortSignal,
  ): Promise<ReplicaPreview | null> {
    return await this.#deps.planes.ask(planeId, (client) => client.preview(declaration, replicaId, signal), signal)
  }

  /** Access that would end with it; null where the plane cannot say. */
  async revokes({ planeId, replicaId }: ReplicaPlace, signal: AbortSignal): Promise<ReplicaAccess[] | null> {
    const access = await this.#deps.planes.ask(planeId, (client) => client.revokes(replicaId, signal), signal)
    return access === null ? null : [...access]
  }

  /** Throws `conflict` (`replica_exists`), and whatever the plane refuses with. */
  async declare(planeId: string, origin: string, declaration: Declaration): Promise<Replica> {
    const act = { action: 'replica.declare', origin, summary: wordsForDeclaration(declaration) } as const
    const { planes, lost } = this.#deps
    const id = await lost.watchOver(planeId, { is: 'declared', declaration }, (entryId) =>
      planes.perform(planeId, { ...act, entryId }, (client) => client.declare(declaration)),
    )
    return await this.#after({ planeId, replicaId: id })
  }

  /** Throws `not_found`, `conflict` (`replica_exists`, `replica_changed`). */
  async change(where: ReplicaPlace, origin: string, declaration: Declaration, updatedAt: string): Promise<Replica> {
    const before = await this.#known(where)
    const summary = wordsForChange(before.declaration, declaration)
    await this.#send(where, { action: 'replica.change', origin, summary }, declaration, updatedAt)
    return await this.#after(where)
  }

  /** All of it is sent again, for a plane takes what is left out as taken back. Throws what `change` throws. */
  async setEnabled(where: ReplicaPlace, origin: string, enabled: boolean, updatedAt: string): Promise<Replica> {
    const { declaration } = await this.#known(where)
    const action = enabled ? 'replica.enable' : 'replica.disable'
    await this.#send(where, { action, origin, summary: declaration.name }, { ...declaration, enabled }, updatedAt)
    return await this.#after(where)
  }

  /** Throws `not_found`, `conflict` (`wrong_replica_name`). */
  async remove({ planeId, replicaId }: ReplicaPlace, origin: string, typed: string): Promise<void> {
    const { planes, mirror, lost } = this.#deps
    const { declaration } = await this.#known({ planeId, replicaId })
    const summary = wordsForDeclaration(declaration)
    await lost.watchOver(planeId, { is: 'removed', replicaId }, (entryId) =>
      planes.perform(planeId, { action: 'replica.remove', origin, summary, entryId }, async (client) => {
        if (typed !== declaration.name)
          throw new Fault('conflict', { what: 'wrong_replica_name', detail: declaration.name })
        await client.remove(replicaId)
      }),
    )
    await mirror.look(planeId)
  }

  async #send(
    { planeId, replicaId }: ReplicaPlace,
    act: {
      readonly action: 'replica.change' | 'replica.enable' | 'replica.disable'
      readonly origin: string
      readonly summary: string
    },
    declaration: Declaration,
    updatedAt: string,
  ): Promise<void> {
    const { planes, mirror, lost } = this.#deps
    const wanted = { is: 'changed', replicaId, declaration, before: updatedAt } as const
    try {
      await lost.watchOver(planeId, wanted, (entryId) =>
        planes.perform(planeId, { ...act, entryId }, (client) => client.change(replicaId, declaration, updatedAt)),
      )
    } catch (error) {
      // Whoever is told that it is otherwise now should see how.
      if (error instanceof Fault && error.code === 'conflict') await mirror.look(planeId)
      throw error
    }
  }

  async #after(where: ReplicaPlace): Promise<Replica> {
    await this.#deps.mirror.look(where.planeId)
    return await this.#known(where)
  }

  /** As it was seen last, or as the plane has it. Throws `not_found`. */
  async #known({ planeId, replicaId }: ReplicaPlace): Promise<Replica> {
    const { planes, mirror } = this.#deps
    const seen = mirror.of(planes.workspaceOf(planeId) ?? '').find((one) => one.planeId === planeId)
    const signal = neverAborted()
    const ofId = ({ id }: ReplicaOfPlane): boolean => id === replicaId
    const found =
      seen?.board?.replicas.find(ofId) ??
      (await planes.ask(planeId, (client) => client.board(signal), signal)).replicas.find(ofId)
    if (found === undefined) throw new Fault('not_found', { what: 'replica', id: replicaId })
    return { planeId, ...found }
  }
}

/** A large fleet is not sent again for the moment alone at which it was asked for. */
function saysTheSame(told: ReplicaBoard, { replicas, silent, askedAt }: ReplicaBoard): boolean {
  if (told.askedAt === null || askedAt === null) return told.askedAt === askedAt && told.silent.length === silent.length
  if (Date.parse(askedAt) - Date.parse(told.askedAt) > SAME) return false
  return isDeepStrictEqual(told.silent, silent) && isDeepStrictEqual(told.replicas, replicas)
}
