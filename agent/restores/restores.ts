import { Fault } from '../../contract/errors.ts'
import type { RestorePlan, RestoreRequest } from '../../contract/shapes/restore.ts'
import type { Run } from '../../contract/shapes/run.ts'
import { checkTarget } from '../../engine/restore/check-target.ts'
import { planRestore } from '../../engine/restore/plan-restore.ts'
import type { AuditLog, AuditSubject } from '../audit/audit-log.ts'
import type { Clock } from '../clock.ts'
import type { Connection } from '../connection.ts'
import type { Repositories } from '../repositories/repositories.ts'
import { newRunId } from '../runs/run-id.ts'
import type { Runs } from '../runs/runs.ts'
import { describeRestore } from './describe-restore.ts'
import { requireRoom, restoreBody } from './restore-body.ts'
import type { WriteRestore } from './restore-writer.ts'

/** Stands in a plan's target where only the run will know. */
const ANY_RUN = '<run-id>'

interface RestoresDeps {
  readonly repositories: Repositories
  readonly runs: Runs
  readonly audit: AuditLog
  readonly clock: Clock
  readonly stagingRoot: string
  readonly write: WriteRestore
}

type StartRequest = RestoreRequest & { readonly requestKey: string }

/** Restores on this host: what one would do, and doing it. */
export class Restores {
  readonly #deps: RestoresDeps

  constructor(deps: RestoresDeps) {
    this.#deps = deps
  }

  /**
   * What a restore would do, from restic's own dry run. Writes nothing, takes no lock and is no run. Throws `conflict`
   * (`target_not_empty`, `target_unusable`, `target_in_repository`), `no_space`, `not_found` and what restic can fail with.
   */
  async plan(request: RestoreRequest, signal: AbortSignal): Promise<RestorePlan> {
    const { repositories, clock } = this.#deps
    const { repositoryId, selection, target } = request
    const { path, free } = await this.#checkTarget(request, ANY_RUN)
    const repository = await repositories.open(repositoryId)
    const snapshot = await repositories.snapshot(repositoryId, request.snapshotId, signal)
    const reader = await repositories.reader(repositoryId)
    const prepared = await planRestore({ repository, reader, snapshot, selection, target, signal })
    requireRoom(prepared.bytes, free)
    const { files, bytes, hash } = prepared
    return { files, bytes, hash, free, targetPath: path, madeAt: clock.now().toISOString() }
  }

  /**
   * Start a restore. The same request key gives the same run, whatever has become of it. Planning is the run's first
   * phase. Throws `host_busy` and, but for `no_space`, what `plan` throws; each refusal is audited.
   */
  async start(request: StartRequest, by: Connection, signal: AbortSignal): Promise<Run> {
    const { repositories, runs, audit, clock } = this.#deps
    const known = runs.startedWith(request.requestKey)
    if (known !== undefined) return known
    const id = newRunId('restore', clock.now())
    try {
      repositories.get(request.repositoryId)
      runs.requireFree()
      await repositories.open(request.repositoryId)
      const { path: targetPath } = await this.#checkTarget(request, id)
      const snapshot = await repositories.snapshot(request.repositoryId, request.snapshotId, signal)
      const body = restoreBody(repositories, { ...this.#deps, runId: id, request, snapshot, targetPath })
      const { requestKey, repositoryId, snapshotId, selection, target } = request
      const subject = { kind: 'restore' as const, snapshotId, selection, target, targetPath, planHash: null }
      return runs.start({
        id,
        requestKey,
        repositoryId,
        subject: { ...subject, snapshotTime: snapshot.time },
        by,
        audit: { ...auditOf(request), targetPath },
        body,
      })
    } catch (error) {
      if (error instanceof Fault) audit.refuse(by, refusalOf(request, error))
      throw error
    }
  }

  async #checkTarget(request: RestoreRequest, runId: string): Promise<{ path: string; free: number | null }> {
    const { repositories, stagingRoot } = this.#deps
    const { url } = repositories.get(request.repositoryId)
    return checkTarget({ target: request.target, stagingRoot, runId, repositoryUrl: url })
  }
}

function auditOf(request: RestoreRequest): AuditSubject {
  return { action: 'host.restore', summary: describeRestore(request), snapshotId: request.snapshotId }
}

function refusalOf(request: StartRequest, fault: Fault): AuditSubject {
  const { requestKey, repositoryId, target } = request
  const about = auditOf(request)
  const targetPath = target.kind === 'path' ? target.path : null
  return { ...about, summary: `${about.summary} (refused: ${fault.code})`, requestKey, repositoryId, targetPath }
}
