import { z } from 'zod'
import { Fault } from '../../../contract/errors.ts'
import type { PastRestore } from '../../../contract/shapes/past-restore.ts'
import {
  proofBoundSchema,
  type ProofState,
  type Restorability,
  type RestorabilityBoard,
  USUAL_PROOF_BOUND,
} from '../../../contract/shapes/restorability.ts'
import type { RestorabilityStore, SettingStore } from '../../store/index.ts'
import type { Clock } from '../clock.ts'
import type { AuditService } from '../audit/index.ts'
import type { HostsService } from '../hosts/index.ts'
import type { VerifiedRepositories, WhatWasVerified } from '../verifications/index.ts'
import { stateOf, worstFirst } from './proof-state.ts'

interface Deps {
  readonly hosts: Pick<HostsService, 'namesOf' | 'get'>
  readonly store: RestorabilityStore
  readonly settings: SettingStore
  readonly clock: Pick<Clock, 'now'>
  readonly acts: Pick<AuditService, 'record'>
  readonly verified: Pick<VerifiedRepositories, 'of'>
}

export interface Asker {
  readonly workspaceId: string
  readonly origin: string
}

export interface Place {
  readonly hostId: string
  readonly repositoryId: string
}

export type NewBound =
  | { readonly of: 'all'; readonly days: number }
  | (Place & { readonly of: 'repository'; readonly days: number | null })

const boundsSchema = z.object({
  usual: proofBoundSchema,
  /** By host, then by repository. */
  own: z.record(z.string(), z.record(z.string(), proofBoundSchema)),
})
type Bounds = z.infer<typeof boundsSchema>

/** Proofs whose rates make the trend. */
const TREND = 12
const ATTEMPTS = 200

/** Whether what the repositories hold can be restored at all, as far as restores have shown. */
export class RestorabilityService {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Every repository of every host of the workspace, worst first. */
  async board({ workspaceId }: Pick<Asker, 'workspaceId'>): Promise<RestorabilityBoard> {
    const verified = await this.#deps.verified.of(workspaceId)
    const bounds = this.#bounds(workspaceId)
    const repositories = this.#deps.hosts
      .namesOf(workspaceId)
      .flatMap(({ id: hostId, repositories: ofHost, lastSnapshots }) =>
        ofHost.map(({ id: repositoryId }) => {
          const newest = lastSnapshots.find((last) => last.repositoryId === repositoryId)
          const lastSnapshot = newest === undefined ? null : { id: newest.snapshotId, time: newest.time }
          return { ...this.#view({ hostId, repositoryId }, bounds, verified({ hostId, repositoryId })), lastSnapshot }
        }),
      )
    return { usualBoundDays: bounds.usual, repositories: repositories.toSorted(worstFirst) }
  }

  /** The restores of one repository that showed something, newest first. Throws `not_found`. */
  attempts(place: Place): PastRestore[] {
    this.#nameOf(place)
    return this.#deps.store.attempts(place.hostId, place.repositoryId, ATTEMPTS)
  }

  /** Say how old a proof may be. Written down before. Throws `not_found`. */
  async setBound(asker: Asker, bound: NewBound): Promise<RestorabilityBoard> {
    const { settings, acts } = this.#deps
    const whose = bound.of === 'all' ? 'every repository' : this.#nameOf(bound)
    const days = bound.days === null ? 'the usual bound' : `${bound.days} days`
    const summary = `a proof of ${whose} may be old: ${days}`
    acts.record({ ...asker, action: 'console.settings', summary, outcome: 'done' })
    const next = withBound(this.#bounds(asker.workspaceId), bound)
    settings.set(settingOf(asker.workspaceId), JSON.stringify(next))
    return await this.board(asker)
  }

  #view(place: Place, bounds: Bounds, verified: WhatWasVerified): Omit<Restorability, 'lastSnapshot'> {
    const { store, clock } = this.#deps
    const { hostId, repositoryId } = place
    const proofs = store.proofs(hostId, repositoryId, TREND)
    const lastAttempt = store.lastAttempt(hostId, repositoryId)
    const own = bounds.own[hostId]?.[repositoryId]
    const boundDays = own ?? bounds.usual
    const [lastProof = null] = proofs
    const state: ProofState = stateOf({ lastProof, lastAttempt, ...verified, boundDays, now: clock.now() })
    return {
      ...place,
      state,
      lastProof,
      ...verified,
      lastAttempt,
      boundDays,
      ownBound: own !== undefined,
      rates: proofs.flatMap(({ bytes, seconds }) => (bytes && seconds ? [bytes / seconds] : [])).toReversed(),
    }
  }

  #bounds(workspaceId: string): Bounds {
    const kept = this.#deps.settings.get(settingOf(workspaceId))
    return kept === null ? { usual: USUAL_PROOF_BOUND, own: {} } : boundsSchema.parse(JSON.parse(kept))
  }

  #nameOf({ hostId, repositoryId }: Place): string {
    const host = this.#deps.hosts.get(hostId)
    const repository = host.repositories.find(({ id }) => id === repositoryId)
    if (repository === undefined) throw new Fault('not_found', { what: 'repository', id: repositoryId })
    return `${repository.name} on ${host.name}`
  }
}

function withBound(bounds: Bounds, bound: NewBound): Bounds {
  if (bound.of === 'all') return { ...bounds, usual: bound.days }
  const { [bound.repositoryId]: _, ...others } = bounds.own[bound.hostId] ?? {}
  const ofHost = bound.days === null ? others : { ...others, [bound.repositoryId]: bound.days }
  return { ...bounds, own: { ...bounds.own, [bound.hostId]: ofHost } }
}

function settingOf(workspaceId: string): string {
  return `proof bounds ${workspaceId}`
}
