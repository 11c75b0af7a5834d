import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Report, WireHandler } from '../contract/wire/server-codec.ts'
import { disposedOnce } from '../engine/disposed-once.ts'
import { unlockStale } from '../engine/restic/locks.ts'
import { AuditLog } from './audit/audit-log.ts'
import { proofOf } from './audit/audit-proof.ts'
import { AuditRotation } from './audit/audit-rotation.ts'
import { Refusals } from './audit/refusals.ts'
import { Backups } from './backups/backups.ts'
import { Browsing } from './browsing/browsing.ts'
import { Previews } from './browsing/previews.ts'
import { ChangeFeed } from './change-feed.ts'
import { type Clock, systemClock } from './clock.ts'
import { Comparing } from './comparing/comparing.ts'
import { DiffRuns } from './comparing/diff-runs.ts'
import { LiveFiles } from './comparing/live-files.ts'
import type { Connection } from './connection.ts'
import { auditHandlers } from './handlers/audit.ts'
import { compareHandlers } from './handlers/compare.ts'
import { hostHandlers } from './handlers/host.ts'
import { previewHandlers } from './handlers/preview.ts'
import { refusedCalls } from './handlers/refused-calls.ts'
import { repositoryHandlers } from './handlers/repository.ts'
import { restoreHandlers } from './handlers/restore.ts'
import { runHandlers } from './handlers/run.ts'
import { searchHandlers } from './handlers/search.ts'
import { snapshotHandlers } from './handlers/snapshot.ts'
import { treeHandlers } from './handlers/tree.ts'
import { versionHandlers } from './handlers/version.ts'
import { ResticTool } from '../engine/restic/restic-tool.ts'
import { defaultStagingRoot } from './host/staging-root.ts'
import { openJournal } from './journal/open-journal.ts'
import { createLogger, type Logger } from '../engine/logging/logger.ts'
import { Repositories } from './repositories/repositories.ts'
import { RepositoryRuns } from './repositories/repository-runs.ts'
import { SnapshotWatch } from './repositories/snapshot-watch.ts'
import { restoreWriter } from './restores/restore-writer.ts'
import { Restores } from './restores/restores.ts'
import { recoverRuns } from './runs/recover-runs.ts'
import { Runs } from './runs/runs.ts'
import { endLeftUnits, findSandbox } from './sandbox/sandbox.ts'
import { type AsUnit, asTransientUnit } from './sandbox/transient-unit.ts'
import { RepositorySecrets } from './secrets/repository-secrets.ts'
import type { TrustDeps } from './trust/peers.ts'
import { requireWorkspace, workspaceOf } from './trust/workspace.ts'

/** Milliseconds; restic itself would try to reach a repository for fifteen minutes. */
const UNLOCK_PATIENCE = 60_000
/** Milliseconds; a restore's unit has two minutes to end before it is killed. */
const UNIT_PATIENCE = 130_000

export interface AgentOptions {
  /** All that the agent keeps; made if it is not there, for its owner alone. One agent at a time. */
  readonly dataDirectory: string
  /** 32 bytes; opens the file of the repositories' secrets. */
  readonly secretsKey: Uint8Array
  /** Where to look for restic: absolute paths, or the bare name for what is on the PATH. */
  readonly resticCandidates: readonly string[]
  /** Where restores go by default; null for the usual place. */
  readonly stagingRoot: string | null
  readonly agentVersion: string
  /** Takes the agent's log, one line of JSON at a time, without secrets. */
  readonly log: (line: string) => void
  readonly clock?: Clock
  /** How one comes to a unit of its own; found out unless given, null for an agent that is not confined. */
  readonly asUnit?: AsUnit | null
}

/** A host's agent, ready to be served over ports with the `Connection` of each as context. */
export interface Agent extends AsyncDisposable {
  readonly id: string
  readonly handler: WireHandler<Connection>
  /** Logs what must not cross the wire. */
  readonly report: Report
  /** What those share who decide who may call it. */
  readonly trust: TrustDeps
}

/**
 * Open the agent's data, put right what a crash left behind, and join its parts. Throws `conflict`
 * (`data_directory_in_use`, `journal_damaged`, `secrets_key_mismatch`, `secrets_file_damaged`) and `version_mismatch`.
 */
export async function composeAgent(options: AgentOptions): Promise<Agent> {
  const { dataDirectory, agentVersion, clock = systemClock } = options
  await using building = new AsyncDisposableStack()
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 })
  const journal = building.use(openJournal(join(dataDirectory, 'agent.db')))
  const secrets = new RepositorySecrets(join(dataDirectory, 'secrets.bin'), options.secretsKey)
  const logger = createLogger({ sink: options.log, secrets: () => secrets.texts(), now: () => clock.now() })
  const agentId = journal.settings.getOrMake('agent-id', randomUUID)
  const stagingRoot = options.stagingRoot ?? defaultStagingRoot(dataDirectory)

  const rotation = building.use(new AuditRotation({ journal, clock, logger }))
  const audit = new AuditLog({ journal, hostId: agentId, clock, rotation })
  const sandbox = findSandbox()
  await endLeftUnits(sandbox, AbortSignal.timeout(UNIT_PATIENCE))
  const left = await recoverRuns({ journal, audit, clock, logger, agentId, agentVersion })
  const resticTool = new ResticTool(options.resticCandidates)
  const cacheDirectory = join(dataDirectory, 'cache')
  const { asUnit = sandbox.kind === 'unit' ? asTransientUnit : null } = options
  const repositories = new Repositories({ journal, secrets, resticTool, clock, agentId, cacheDirectory, asUnit })
  building.use(unlockInBackground(repositories, left, logger))
  const runs = building.use(new Runs({ journal, audit, feed: new ChangeFeed(), clock, logger, agentVersion }))
  const sampleDirectory = join(dataDirectory, 'sample')
  const repositoryRuns = new RepositoryRuns({ repositories, runs, audit, clock, sampleDirectory })
  const snapshotWatch = building.use(new SnapshotWatch({ repositories, clock, logger }))
  const onSnapshot = (repositoryId: string): void => void snapshotWatch.look(repositoryId)
  const backups = new Backups({ repositories, runs, audit, clock, onSnapshot })
  const write = restoreWriter(sandbox)
  const restores = new Restores({ journal, repositories, runs, audit, clock, stagingRoot, write, onSnapshot })

  const browsing = new Browsing(repositories)
  const previews = new Previews({ repositories, audit })
  const comparing = new Comparing(repositories)
  const liveFiles = new LiveFiles({ repositories, audit })
  const diffRuns = new DiffRuns({ repositories, runs, audit, clock })

  const workspace = (): string | null => workspaceOf(journal)
  const refusals = building.use(new Refusals({ audit, logger }))
  const called = refusedCalls(refusals).use(({ context, next }) => {
    requireWorkspace(workspace(), context)
    return next()
  })
  const router = called.router({
    host: hostHandlers({ agentId, agentVersion, stagingRoot, resticTool, workspace, snapshotWatch }),
    repository: repositoryHandlers({ repositories, repositoryRuns, backups, snapshotWatch, runs, audit }),
    snapshot: snapshotHandlers(repositories),
    tree: treeHandlers({ repositories, browsing }),
    search: searchHandlers(browsing),
    version: versionHandlers(browsing),
    preview: previewHandlers(previews),
    compare: compareHandlers({ comparing, liveFiles, diffRuns }),
    restore: restoreHandlers(restores),
    run: runHandlers({ runs, audit }),
    audit: auditHandlers(audit, proofOf({ journal, agentId, clock })),
  })
  const report: Report = (error) => reported(logger, error)
  const handler = new WireHandler<Connection>(router, report)
  const trust = { journal, audit, clock, logger }
  return { id: agentId, handler, report, trust, ...disposedOnce(building.move()) }
}

function reported(logger: Logger, error: unknown): string {
  const reference = randomUUID()
  logger.error('call.failed', { reference, error })
  return reference
}

/** A restic that was killed leaves its lock. Best effort: restic itself decides which locks are stale. */
function unlockInBackground(repositories: Repositories, ids: readonly string[], logger: Logger): AsyncDisposable {
  const stop = new AbortController()
  const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(UNLOCK_PATIENCE)])
  const known = repositories.list().filter(({ id }) => ids.includes(id))
  const unlocking = known.map(async ({ id: repositoryId }) => {
    try {
      const how = { runId: `unlock-${repositoryId}`, written: 'locks' as const }
      await using writing = await repositories.openToWrite(repositoryId, how)
      await unlockStale(writing.repository, { signal })
      logger.info('lock.swept', { repositoryId })
    } catch (error) {
      logger.warn('lock.sweep-failed', { repositoryId, error })
    }
  })
  return {
    async [Symbol.asyncDispose]() {
      stop.abort()
      await Promise.all(unlocking)
    },
  }
}
