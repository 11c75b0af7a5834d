import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { Fault, isFault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import type { Reinitialisation } from '../../contract/shapes/repository.ts'
import type { Run } from '../../contract/shapes/run.ts'
import { probeRepository } from '../../engine/repository/probe.ts'
import { createSample } from '../../engine/repository/sample.ts'
import { initialise } from '../../engine/restic/init.ts'
import type { ResticRepository } from '../../engine/restic/repository.ts'
import type { AuditLog, AuditSubject } from '../audit/audit-log.ts'
import type { Clock } from '../clock.ts'
import type { Connection } from '../connection.ts'
import { newRunId } from '../runs/run-id.ts'
import type { RunBody, RunEnd, RunRecord } from '../runs/run-record.ts'
import { hasLeft, type Runs } from '../runs/runs.ts'
import type { Repositories } from './repositories.ts'

const SUCCEEDED: RunEnd = { state: 'succeeded', fault: null, remark: '' }

interface RepositoryRunsDeps {
  readonly repositories: Repositories
  readonly runs: Runs
  readonly audit: AuditLog
  readonly clock: Clock
  /** The sample and all that belongs to it; whatever is in it is ours to remove. */
  readonly sampleDirectory: string
}

interface Wanted {
  readonly requestKey: string
  readonly by: Connection
}

interface WantedRepository extends Wanted {
  readonly repositoryId: string
  /** Said where one was before. */
  readonly again: Reinitialisation | null
}

/** Runs that make a repository. */
export class RepositoryRuns {
  readonly #deps: RepositoryRunsDeps

  constructor(deps: RepositoryRunsDeps) {
    this.#deps = deps
  }

  /**
   * Start a run that creates a repository which is kept here but not there yet. Throws `host_busy`, `not_found`,
   * `conflict` (`repository_exists`; `opened_before` and `wrong_host_name` with the host's name) and what the probe throws.
   */
  async initialise({ repositoryId, again, requestKey, by }: WantedRepository, signal: AbortSignal): Promise<Run> {
    const { repositories } = this.#deps
    const audit = (): AuditSubject => {
      const name = repositories.list().find(({ id }) => id === repositoryId)?.name ?? repositoryId
      const reason = again === null ? '' : `, anew: ${showFileName(again.reason)}`
      return { action: 'host.initialise', summary: `Create the repository ${name}${reason}`, repositoryId, requestKey }
    }
    return this.#start({ requestKey, by, audit, repositoryId, sample: false }, async () => {
      await this.#requireAbsent(repositoryId, signal)
      this.#requireMeant(repositoryId, again)
      return (runId) => this.#initialiseBody(repositoryId, runId)
    })
  }

  /** Start a run that makes the sample and keeps it. Throws `host_busy`, `tool_missing`, `conflict` (`repository_exists`). */
  async createSample({ requestKey, by }: Wanted): Promise<Run> {
    const audit = (): AuditSubject => ({ action: 'host.sample', summary: 'Make the sample repository', requestKey })
    const repositoryId = randomUUID()
    return this.#start({ requestKey, by, audit, repositoryId, sample: true }, async () => {
      const { repositories } = this.#deps
      const sample = repositories.sample()
      if (sample !== undefined) throw new Fault('conflict', { what: 'repository_exists', detail: sample.name })
      await repositories.openWith(this.#sampleAccess(''))
      return (runId) => this.#sampleBody(repositoryId, runId)
    })
  }

  #start(wanted: Making, prepare: Prepare): Promise<Run> {
    return this.#deps.runs.once(wanted.requestKey, () => this.#begin(wanted, prepare))
  }

  async #begin({ sample, ...wanted }: Making, prepare: Prepare): Promise<Run> {
    const { runs, clock, audit } = this.#deps
    const { by } = wanted
    try {
      const wish = { ...wanted, subject: { kind: 'init' as const, sample }, audit: wanted.audit() }
      const given = runs.given(wish)
      if (given !== undefined) return given
      const body = await prepare()
      const id = newRunId('init', clock.now())
      return runs.start({ ...wish, id, body: body(id) })
    } catch (error) {
      if (error instanceof Fault && !hasLeft(error)) {
        const about = wanted.audit()
        audit.refuse(by, { ...about, summary: `${about.summary} (refused: ${error.code})` })
      }
      throw error
    }
  }

  /** Whatever opens, or would with another password, is there already. */
  async #requireAbsent(repositoryId: string, signal: AbortSignal): Promise<void> {
    const { repositories } = this.#deps
    const { name } = repositories.get(repositoryId)
    try {
      await probeRepository(await repositories.open(repositoryId), { signal })
    } catch (error) {
      if (isFault(error, 'repository_not_initialised')) return
      if (!isFault(error, 'wrong_password') && !isFault(error, 'repository_locked')) throw error
    }
    throw new Fault('conflict', { what: 'repository_exists', detail: name })
  }

  /**
   * Where a repository was before, what looks empty is more likely a disk that is not mounted or a folder that was moved:
   * a new one in its place would hide that.
   */
  #requireMeant(repositoryId: string, again: Reinitialisation | null): void {
    const name = hostname()
    if (again !== null && again.hostname !== name)
      throw new Fault('conflict', { what: 'wrong_host_name', detail: name })
    const { openedBefore } = this.#deps.repositories.get(repositoryId)
    if (openedBefore && again === null) throw new Fault('conflict', { what: 'opened_before', detail: name })
  }

  #initialiseBody(repositoryId: string, runId: string): RunBody {
    return async (record, signal) => {
      record.progress({ phase: 'preparing', filesDone: 0, bytesDone: 0, currentItem: null })
      await using writing = await this.#deps.repositories.openToWrite(repositoryId, { runId, written: 'new' })
      const { repository, remark } = writing
      if (remark !== null) record.log('info', remark)
      record.log('info', `Creating the repository with restic ${repository.restic.version}.`)
      await initialise(repository, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
      if (signal.aborted) return cancelled('The repository may be there in part.')
      this.#deps.repositories.created(repositoryId)
      record.log('info', 'The repository is there.')
      return SUCCEEDED
    }
  }

  /** The sample is kept only once it is whole: the password of half a sample would be known to nobody. */
  #sampleBody(repositoryId: string, runId: string): RunBody {
    return async (record, signal) => {
      const { repositories, sampleDirectory } = this.#deps
      const access = this.#sampleAccess(randomBytes(24).toString('base64url'))
      record.progress({ phase: 'preparing', filesDone: 0, bytesDone: 0, currentItem: null })
      // A crash may have left one.
      await rm(sampleDirectory, { recursive: true, force: true })
      try {
        await this.#makeSample(await repositories.openWith(access, runId), record, signal)
        signal.throwIfAborted()
        repositories.keep({ id: repositoryId, name: 'Sample', access, sample: true })
        return SUCCEEDED
      } catch (error) {
        await rm(sampleDirectory, { recursive: true, force: true })
        if (signal.aborted) return cancelled('Nothing of the sample is left.')
        throw error
      }
    }
  }

  async #makeSample(repository: ResticRepository, record: RunRecord, signal: AbortSignal): Promise<void> {
    const { sampleDirectory, clock } = this.#deps
    await mkdir(sampleDirectory, { recursive: true, mode: 0o700 })
    await createSample(repository, {
      directory: join(sampleDirectory, 'source'),
      now: clock.now(),
      signal,
      onLog: (text) => record.log('info', text),
      onProgress: (done, total) => {
        record.expect({ files: total, bytes: null })
        record.progress({ phase: 'backing-up', filesDone: done, bytesDone: 0, currentItem: null })
      },
    })
  }

  #sampleAccess(password: string): { url: string; username: string; serverPassword: string; password: string } {
    return { url: join(this.#deps.sampleDirectory, 'repository'), username: '', serverPassword: '', password }
  }
}

function cancelled(remark: string): RunEnd {
  return { state: 'cancelled', fault: null, remark: `It was cancelled. ${remark}` }
}

/** A repository that is to be made. */
interface Making extends Wanted {
  readonly repositoryId: string
  readonly sample: boolean
  readonly audit: () => AuditSubject
}

/** Finds out whether it may be made, and gives what makes it. */
type Prepare = () => Promise<(runId: string) => RunBody>
