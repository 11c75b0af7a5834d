import { Fault } from '../../contract/errors.ts'
import type { DiffStart } from '../../contract/shapes/compare.ts'
import type { Run } from '../../contract/shapes/run.ts'
import type { AuditLog, AuditSubject } from '../audit/audit-log.ts'
import type { Clock } from '../clock.ts'
import type { Connection } from '../connection.ts'
import type { Repositories } from '../repositories/repositories.ts'
import { newRunId } from '../runs/run-id.ts'
import { hasLeft, type Runs } from '../runs/runs.ts'
import { diffBody } from './diff-body.ts'

interface DiffRunsDeps {
  readonly repositories: Repositories
  readonly runs: Runs
  readonly audit: AuditLog
  readonly clock: Clock
}

/** Comparisons by restic itself, as runs: for very large ones, and for a record. */
export class DiffRuns {
  readonly #deps: DiffRunsDeps

  constructor(deps: DiffRunsDeps) {
    this.#deps = deps
  }

  /**
   * Start a run that compares two snapshots. The same request key gives the same run. Throws `not_found`, `host_busy` and
   * `tool_missing`; each refusal is audited.
   */
  async start(wanted: DiffStart, by: Connection, signal: AbortSignal): Promise<Run> {
    return await this.#deps.runs.once(wanted.requestKey, () => this.#begin(wanted, by, signal))
  }

  async #begin(wanted: DiffStart, by: Connection, signal: AbortSignal): Promise<Run> {
    const { repositories, runs, audit, clock } = this.#deps
    const { repositoryId, requestKey, metadata } = wanted
    try {
      repositories.get(repositoryId)
      runs.requireFree()
      const side = async (snapshotId: string) => {
        const { time } = await repositories.snapshot(repositoryId, snapshotId, signal)
        return { snapshotId, snapshotTime: time }
      }
      const [before, after] = [await side(wanted.before), await side(wanted.after)]
      const id = newRunId('diff', clock.now())
      const subject = { kind: 'diff' as const, before, after, metadata, summary: null }
      const open = () => repositories.open(repositoryId, id)
      const body = diffBody({ before: before.snapshotId, after: after.snapshotId, metadata, open })
      return runs.start({ id, requestKey, repositoryId, subject, by, audit: this.#subject(wanted), body })
    } catch (error) {
      if (error instanceof Fault && !hasLeft(error)) {
        const about = this.#subject(wanted)
        audit.refuse(by, { ...about, summary: `${about.summary} (refused: ${error.code})`, requestKey })
      }
      throw error
    }
  }

  #subject({ repositoryId, before, after }: DiffStart): AuditSubject {
    const name = this.#deps.repositories.list().find(({ id }) => id === repositoryId)?.name ?? repositoryId
    const summary = `Snapshots ${before.slice(0, 8)} and ${after.slice(0, 8)} of ${name}`
    return { action: 'host.diff', summary, repositoryId, snapshotId: before }
  }
}
