import { rm } from 'node:fs/promises'
import { isFault } from '../../contract/errors.ts'
import type { ResticRepository } from '../../engine/restic/repository.ts'
import { restoreSize } from '../../engine/restic/restore-size.ts'
import type { Restic } from '../../engine/restic/restic.ts'
import { listSnapshots } from '../../engine/restic/snapshots.ts'
import { openAccess } from '../access/open-access.ts'
import { refreshed } from '../access/credentials.ts'
import type { Clock } from '../clock.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { backoff } from '../loop/backoff.ts'
import { secondsOf } from '../loop/intents.ts'
import { makePassable } from '../make-passable.ts'
import { attemptFolder, besideFolder, cacheOf, MARK, type Places, restoredFolder, urlOf } from '../places.ts'
import { PlaneRefusal, PlaneSilent } from '../plane/ask-plane.ts'
import type { Plane } from '../plane/plane.ts'
import { OutOfReach, ProofFailed, type Proof, type Unprivileged } from '../prove/proof.ts'
import { prove, type Provers } from '../prove/prove.ts'
import type { LivingCluster } from '../prove/postgres/prove-postgres.ts'
import type { Entry } from '../worklist-entry.ts'
import { keyOf } from '../worklist-entry.ts'
import { reportOf } from './report.ts'
import { restoreSnapshot } from './restore-snapshot.ts'
import { checkRoom } from './space.ts'

/**
 * The steps of an attempt, in their order. Each is written down before it begins; a consumer that is killed anywhere finds by that, when it
 * starts again, what is left to do. `record` is the one that counts: outcome, marker and report are on the disk together, and only then
 * is anything deleted.
 */
export const STEPS = ['begin', 'access', 'room', 'restore', 'prove', 'record', 'settle', 'end'] as const
export type Step = (typeof STEPS)[number]

export interface Attempting {
  readonly ledger: Ledger
  readonly plane: Plane
  readonly places: Places
  readonly restic: Restic
  readonly clock: Clock
  readonly unprivileged: Unprivileged
  readonly provers: Provers
  /** Bytes that all restores together may take; null for all that is free. */
  readonly budget: number | null
  /** Bytes that go to attempts by their run. */
  readonly promised: Map<string, number>
  /** A replica that stays is handed over here, and its door led to it. */
  readonly adopt: (runId: string, key: string, living: LivingCluster) => Promise<void>
  /** Seconds that the one before goes on after another took over. */
  readonly graceSeconds: number
  /** The worklist as it is now, for a refusal that is final until it changes. */
  readonly worklist: () => string
  /** Tells that a step begins, after it was written down. */
  readonly onStep: (step: Step, runId: string) => Promise<void> | void
}

/** What an attempt came to. */
export interface Outcome {
  readonly healthy: boolean
  readonly error: string | null
}

/**
 * Restore a replica's snapshot once, prove it, write down what came of it, and clean up. Answers undefined where it was stopped by the
 * signal, of which nothing is told. Never throws for what the data, the plane or the disk is to blame for.
 */
export async function carryOut(
  ours: Attempting,
  { runId, entry }: { readonly runId: string; readonly entry: Entry },
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  const { ledger, clock, places, promised } = ours
  const step = async (name: Step): Promise<void> => {
    ledger.step(runId, name)
    await ours.onStep(name, runId)
  }
  ledger.begin(runId, entry, clock.now().toISOString())
  await ours.onStep('begin', runId)
  const limit = AbortSignal.timeout(secondsOf(entry.params, 'time_limit') * 1000)
  try {
    await using work = new AsyncDisposableStack()
    const tried = await tryOut(ours, { runId, entry, signal: AbortSignal.any([signal, limit]), step, work }).catch(
      (error: unknown): Tried => ({ error: limit.aborted ? new ProofFailed('The time limit has passed.') : error }),
    )
    const living = 'living' in tried ? tried.living : undefined
    // Restic needs its way no more, and what was only to be proven has been stopped.
    await work.disposeAsync()
    if (signal.aborted) {
      await living?.[Symbol.asyncDispose]()
      return await abandon(ours, runId)
    }
    await step('record')
    const outcome = record(ours, runId, entry, tried)
    await step('settle')
    if (living === undefined) await clear(places, runId)
    else await ours.adopt(runId, keyOf(entry), living)
    await step('end')
    ledger.end(runId, clock.now().toISOString())
    return outcome
  } finally {
    promised.delete(runId)
  }
}

/** All that an attempt put on the disk. */
export async function clear(places: Places, runId: string): Promise<void> {
  await rm(attemptFolder(places, runId), { recursive: true, force: true, maxRetries: 3 })
}

type Tried =
  | { readonly error: unknown }
  | {
      readonly proof: Proof
      readonly living: LivingCluster | undefined
      readonly received: number | null
    }

interface Trying {
  readonly runId: string
  readonly entry: Entry
  readonly signal: AbortSignal
  readonly step: (name: Step) => Promise<void>
  readonly work: AsyncDisposableStack
}

async function tryOut(ours: Attempting, { runId, entry, signal, step, work }: Trying): Promise<Tried> {
  const { plane, places, clock, unprivileged } = ours
  const snapshotId = entry.snapshotId ?? ''
  await step('access')
  const credentials = refreshed(() => plane.credentials(entry, runId, signal), clock)
  const access = work.use(await openAccess({ entry, plane: plane.address, credentials }))
  const repository: ResticRepository = {
    restic: ours.restic,
    access: access.access,
    cacheDirectory: cacheOf(places),
    mark: { [MARK]: runId },
  }
  await step('room')
  const needed = await sizeOf(repository, snapshotId, signal)
  const others = [...ours.promised.values()].reduce((sum, bytes) => sum + bytes, 0)
  await checkRoom({ directory: places.scratch, needed, promised: others, budget: ours.budget })
  ours.promised.set(runId, needed)
  await step('restore')
  const began = clock.elapsed()
  await makePassable(attemptFolder(places, runId))
  const directory = restoredFolder(places, runId)
  const restored = await restoreSnapshot(repository, snapshotId, directory, signal)
  const restoreSeconds = Math.round((clock.elapsed() - began) / 100) / 10
  await step('prove')
  const proving = {
    entry,
    directory,
    beside: besideFolder(places, runId),
    mark: { [MARK]: runId },
    unprivileged,
    signal,
  }
  const { proof, living } = await prove(proving, ours.provers)
  const door = living === undefined ? {} : { url: urlOf(places, keyOf(entry)) }
  const details = {
    restore_duration_sec: restoreSeconds,
    files: restored.files,
    bytes: restored.bytes,
    ...proof.details,
    ...door,
  }
  return { proof: { ...proof, details }, living, received: access.received() }
}

/** Throws `ProofFailed` where the repository has no such snapshot. */
async function sizeOf(repository: ResticRepository, snapshotId: string, signal: AbortSignal): Promise<number> {
  const snapshot = (await listSnapshots(repository, { signal })).find(({ id }) => id === snapshotId)
  if (snapshot === undefined) throw new ProofFailed(`The repository has no snapshot ${snapshotId}.`)
  return snapshot.bytes ?? (await restoreSize(repository, snapshotId, { signal })).bytes
}

/** What says nothing of a backup: it is tried again, and the plane is not told. */
const NO_VERDICTS = [PlaneRefusal, PlaneSilent, OutOfReach] as const

/** Outcome, marker, report and, of one that stays, that it serves: in one piece. */
function record(ours: Attempting, runId: string, entry: Entry, tried: Tried): Outcome {
  const { ledger, clock } = ours
  const now = clock.now()
  const at = now.toISOString()
  const common = { entry, runId, observedAt: now }
  if ('proof' in tried) {
    const { proof, received, living } = tried
    const { postgresVersion, details } = proof
    const report = reportOf({
      ...common,
      restored: true,
      healthy: true,
      error: null,
      postgresVersion,
      received,
      details,
    })
    const removeAt = new Date(now.getTime() + ours.graceSeconds * 1000).toISOString()
    ledger.record({
      runId,
      outcome: 'healthy',
      error: null,
      report,
      retryAt: null,
      at,
      ...(living === undefined ? {} : { serves: { removeAt } }),
    })
    return { healthy: true, error: null }
  }
  const error = sentenceOf(tried.error)
  const failures = (ledger.replica(keyOf(entry))?.failures ?? 0) + 1
  const retryAt = new Date(now.getTime() + backoff(failures) * 1000).toISOString()
  const isVerdict = !NO_VERDICTS.some((kind) => tried.error instanceof kind)
  if (tried.error instanceof PlaneRefusal && tried.error.status === 403) ledger.refuse(entry, ours.worklist(), error)
  const nothing = { postgresVersion: null, received: null, details: {} }
  const report = isVerdict ? reportOf({ ...common, restored: false, healthy: false, error, ...nothing }) : null
  ledger.record({ runId, outcome: 'failed', error, report, retryAt, at })
  return { healthy: false, error }
}

async function abandon({ ledger, places, clock }: Attempting, runId: string): Promise<undefined> {
  await clear(places, runId)
  ledger.abandon(runId, 'cancelled', clock.now().toISOString())
  return undefined
}

function sentenceOf(error: unknown): string {
  if (isFault(error, 'tool_missing'))
    return `${error.data.tool} ${error.data.wanted} or newer is not installed where the consumer runs.`
  if (isFault(error, 'tool_failed'))
    return `${error.data.tool} ended with ${error.data.exitCode}: ${error.data.stderrTail.trim()}`
  if (isFault(error, 'wrong_password'))
    return 'The repository does not open with the password that the control plane gave.'
  return error instanceof Error ? error.message : String(error)
}
