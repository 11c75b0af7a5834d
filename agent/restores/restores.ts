import { Fault } from '../../contract/errors.ts'
import type { PlanPage, PlanPageInput, RestorePlan, RestoreRequest } from '../../contract/shapes/restore.ts'
import type { Run } from '../../contract/shapes/run.ts'
import { exclusiveHolder } from '../../engine/repository/lock-holder.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import type { Clock } from '../clock.ts'
import type { Connection } from '../connection.ts'
import type { Journal } from '../journal/open-journal.ts'
import type { Repositories } from '../repositories/repositories.ts'
import { newRunId } from '../runs/run-id.ts'
import { hasLeft, type Runs } from '../runs/runs.ts'
import { FurtherRestores } from './further-restores.ts'
import { type PlannedRestore, planAgain, planWanted, requireRoom } from './planned-restore.ts'
import { PlansKept } from './plans-kept.ts'
import { restoreBody } from './restore-body.ts'
import type { WriteRestore } from './restore-writer.ts'
import { secondsExpected } from './seconds-expected.ts'
import {
  auditOf,
  needsSafety,
  requireAllowed,
  requireMeant,
  requireSeen,
  type StartRequest,
  subjectOf,
} from './start-restore.ts'
import { newlyWanted, type WantedRestore } from './wanted-restore.ts'

/** Stands in a plan's target where only the run will know. */
const ANY_RUN = '<run-id>'
/** Runs that are looked through for how fast this host restores. */
const LOOKED_AT = 200

interface RestoresDeps {
  readonly journal: Journal
  readonly repositories: Repositories
  readonly runs: Runs
  readonly audit: AuditLog
  readonly clock: Clock
  readonly stagingRoot: string
  readonly write: WriteRestore
  /** Told when a repository has a snapshot more. */
  readonly onSnapshot: (repositoryId: string) => void
}

/** Restores on this host: what one would do, and doing it. */
export class Restores {
  readonly #deps: RestoresDeps
  readonly #plans: PlansKept<PlannedRestore>
  readonly #further: FurtherRestores

  constructor(deps: RestoresDeps) {
    this.#deps = deps
    this.#plans = new PlansKept(deps.clock)
    this.#further = new FurtherRestores(deps.journal)
  }

  /** What a restore would do. Writes nothing, takes no lock and is no run. Throws as the contract says. */
  async plan(request: RestoreRequest, signal: AbortSignal): Promise<RestorePlan> {
    const wanted = this.#wanted(request)
    const [planned, lockedBy] = await Promise.all([
      planWanted(this.#deps, wanted, { runId: ANY_RUN, signal }),
      this.#lockedBy(wanted.repositoryId, signal),
    ])
    this.#plans.keep(planned)
    return this.#told(planned, lockedBy)
  }

  /** Some items of a plan that was made here. Throws `not_found` (`plan`). */
  planItems(wanted: PlanPageInput): Promise<PlanPage> {
    return this.#plans.page(wanted)
  }

  /**
   * Start a restore. The same request key gives the same run, whatever has become of it. It is planned once more, as things
   * are now, and the run does what that plan says. Throws as the contract says; each refusal is audited.
   */
  start(order: StartRequest, by: Connection, signal: AbortSignal): Promise<Run> {
    return this.#deps.runs.once(order.requestKey, () => this.#prepare(order, by, signal))
  }

  async #prepare(order: StartRequest, by: Connection, signal: AbortSignal): Promise<Run> {
    const { runs, audit } = this.#deps
    let wanted: WantedRestore | undefined
    try {
      runs.requireFree()
      wanted = this.#wanted(order.request)
      requireMeant(wanted.manner, order.confirmation)
      return await this.#begin(wanted, { order, by, signal })
    } catch (error) {
      if (error instanceof Fault && !hasLeft(error)) {
        const about = auditOf(order, wanted)
        audit.refuse(by, { ...about, summary: `${about.summary} (refused: ${error.code})` })
      }
      throw error
    }
  }

  async #begin(
    wanted: WantedRestore,
    { order, by, signal }: { readonly order: StartRequest; readonly by: Connection; readonly signal: AbortSignal },
  ): Promise<Run> {
    const { runs, repositories, clock } = this.#deps
    const { repositoryId } = wanted
    const id = newRunId('restore', clock.now())
    const seen = order.planHash === null ? undefined : this.#plans.get(order.planHash)
    const planned = await planAgain(this.#deps, wanted, { seen, runId: id, signal })
    requireAllowed(planned, by)
    requireSeen(order.planHash, planned, this.#plans)
    requireRoom(planned)
    const { restic } = await repositories.open(repositoryId)
    const body = restoreBody({
      ...this.#deps,
      runId: id,
      planned,
      safety: needsSafety(planned.prepared, order.confirmation),
      openRepository: () => repositories.open(repositoryId, id),
      openForSaving: (unit) => repositories.openToWrite(repositoryId, { runId: unit, written: 'all' }),
      onSnapshot: () => this.#deps.onSnapshot(repositoryId),
    })
    return runs.start({
      id,
      requestKey: order.requestKey,
      repositoryId,
      subject: subjectOf(planned, order.confirmation),
      by,
      audit: { ...auditOf(order, wanted), targetPath: planned.target.path },
      restic: restic.version,
      body,
    })
  }

  #wanted(request: RestoreRequest): WantedRestore {
    return request.kind === 'new' ? newlyWanted(request) : this.#further.wanted(request)
  }

  #told({ wanted, target, prepared }: PlannedRestore, lockedBy: string | null): RestorePlan {
    const { hash, totals, files, bytes, free, commands } = prepared
    const { repositoryId, sources, manner, follows } = wanted
    return {
      hash,
      madeAt: this.#deps.clock.now().toISOString(),
      totals,
      files,
      bytes,
      targetPath: target.path,
      fresh: target.fresh,
      free,
      lockedBy,
      commands: [...commands],
      secondsExpected: secondsExpected(this.#deps.runs.newest(LOOKED_AT), { files, bytes }),
      repositoryId,
      sources: [...sources],
      manner,
      follows,
    }
  }

  /** Whoever cannot be asked is not known to hold it; what is wrong with the repository the planning says. */
  async #lockedBy(repositoryId: string, signal: AbortSignal): Promise<string | null> {
    const { repositories } = this.#deps
    try {
      return await exclusiveHolder(await repositories.open(repositoryId), { signal })
    } catch {
      return null
    }
  }
}
