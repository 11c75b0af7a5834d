import { hostname } from 'node:os'
import { Fault } from '../../contract/errors.ts'
import { issueOf } from '../../contract/refusals.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import type { BackupSet, RepositoryView } from '../../contract/shapes/repository.ts'
import type { Run } from '../../contract/shapes/run.ts'
import type { AuditLog, AuditSubject } from '../audit/audit-log.ts'
import type { Clock } from '../clock.ts'
import type { Connection } from '../connection.ts'
import type { Repositories } from '../repositories/repositories.ts'
import { newRunId } from '../runs/run-id.ts'
import { hasLeft, type Runs } from '../runs/runs.ts'
import { backupBody } from './backup-body.ts'
import { describeBackup } from './describe-backup.ts'
import { missingPaths } from './missing-paths.ts'

interface BackupsDeps {
  readonly repositories: Repositories
  readonly runs: Runs
  readonly audit: AuditLog
  readonly clock: Clock
  /** Told when a repository has a snapshot more. */
  readonly onSnapshot: (repositoryId: string) => void
}

interface Wanted {
  readonly requestKey: string
  readonly by: Connection
}

/** Backups of this host: what they take, and making one. */
export class Backups {
  readonly #deps: BackupsDeps

  constructor(deps: BackupsDeps) {
    this.#deps = deps
  }

  /** Say what a backup takes. Throws `not_found`, and `invalid_input` for each path that is not on this host. */
  async set(repositoryId: string, backup: BackupSet): Promise<RepositoryView> {
    const { repositories } = this.#deps
    repositories.get(repositoryId)
    const missing = await missingPaths(backup.paths)
    const issues = backup.paths.flatMap((path, at) => {
      const named = { path: showFileName(path) }
      return missing.has(path) ? [issueOf(['backup', 'paths', at], 'path_absent', named)] : []
    })
    if (issues.length > 0) throw new Fault('invalid_input', { issues })
    return repositories.setBackup(repositoryId, backup)
  }

  /**
   * Start a run that backs up what was said. The same request key gives the same run, and any key the one that is backing up
   * the same. Throws `not_found`, `host_busy`,
   * `tool_missing` and `conflict` (`nothing_to_back_up`); each refusal is audited.
   */
  async start(repositoryId: string, { requestKey, by }: Wanted): Promise<Run> {
    return await this.#deps.runs.once(requestKey, () => this.#begin(repositoryId, { requestKey, by }))
  }

  async #begin(repositoryId: string, { requestKey, by }: Wanted): Promise<Run> {
    const { repositories, runs, audit, clock } = this.#deps
    try {
      const { name, backup } = repositories.get(repositoryId)
      if (backup === null) {
        runs.requireFree()
        throw new Fault('conflict', { what: 'nothing_to_back_up', detail: name })
      }
      const subject = { kind: 'backup' as const, ...backup, snapshotId: null }
      const wish = { requestKey, repositoryId, subject, by, audit: this.#subject(repositoryId) }
      const given = runs.given(wish)
      if (given !== undefined) return given
      await repositories.open(repositoryId)
      const id = newRunId('backup', clock.now())
      const body = backupBody({
        backup,
        hostname: hostname(),
        open: () => repositories.openToWrite(repositoryId, { runId: id, written: 'all' }),
        onSnapshot: () => {
          repositories.opened(repositoryId)
          this.#deps.onSnapshot(repositoryId)
        },
      })
      return runs.start({ ...wish, id, body })
    } catch (error) {
      if (error instanceof Fault && !hasLeft(error)) {
        const about = this.#subject(repositoryId)
        audit.refuse(by, { ...about, summary: `${about.summary} (refused: ${error.code})`, requestKey })
      }
      throw error
    }
  }

  #subject(repositoryId: string): AuditSubject {
    const known = this.#deps.repositories.list().find(({ id }) => id === repositoryId)
    const what = known?.backup ?? null
    const summary = `${what === null ? 'Nothing' : describeBackup(what)}, to ${known?.name ?? repositoryId}`
    return { action: 'host.backup', summary, repositoryId }
  }
}
