import { isDeepStrictEqual } from 'node:util'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import {
  type ConsumerWorkerData,
  consumerWorkerDataSchema,
  type ConsumerWorkerMessage,
  consumerWorkerOrderSchema,
  type WorkerReplica,
} from '../contract/control-plane/consumer-worker.ts'
import { ReasonedError } from '../contract/reasons.ts'
import { createLogger } from '../engine/logging/logger.ts'
import type { Step } from './attempt/attempt.ts'
import { startReason } from '../engine/start-reason.ts'
import { systemClock } from './clock.ts'
import { type Composed, composeConsumer } from './compose.ts'
import { enrol, enrolledWith, remember } from './enrolled.ts'
import type { Standing } from './loop/consumer.ts'
import { scratchBytes } from './scratch-bytes.ts'
import { certificateOf } from './plane/certificate.ts'

/** Milliseconds between two looks at whether something is to be told. */
const TELL = 1000
/** The plane is on this computer: what is declared there is begun at once. */
const INTERVAL_SECONDS = 5
const GRACE_SECONDS = 120

/**
 * The console's own restore consumer, in a worker thread of it: the same as on the command line, with the plane that the console carries. It
 * posts how it stands, takes orders, and ends by itself when it is told to close. One that cannot start ends with an error whose message says why.
 */
async function serve(parent: MessagePort): Promise<void> {
  const start = consumerWorkerDataSchema.parse(workerData)
  const say = (message: ConsumerWorkerMessage): void => parent.postMessage(message)
  say({ say: 'enrolled', deviceId: await enrolOrFollow(start) })
  const steps = new Map<string, Step>()
  const log = createLogger({
    sink: (line) => void process.stderr.write(`${line}\n`),
    secrets: () => [],
    now: systemClock.now,
  })
  await using composed = await composeConsumer(
    {
      ...start,
      interval: INTERVAL_SECONDS,
      atOnce: 1,
      user: process.getuid?.() === 0 ? 'nobody' : null,
      graceSeconds: GRACE_SECONDS,
      command: null,
    },
    {
      clock: systemClock,
      log,
      random: Math.random,
      sqliteChecker: checkerUrl(),
      onStep: (step, runId) => void steps.set(runId, step),
    },
  )
  const stop = new AbortController()
  parent.on('message', (message: unknown) => obey(consumerWorkerOrderSchema.parse(message), composed, stop))
  await composed.consumer.recover(stop.signal)
  await Promise.all([composed.consumer.run(stop.signal), telling({ composed, start, steps, say }, stop.signal)])
  parent.close()
}

/** The checker beside this file: as source, or as the bundle's own entry. */
function checkerUrl(): URL {
  const isSource = import.meta.url.endsWith('.ts')
  return new URL(isSource ? './prove/check-sqlite.ts' : './check-sqlite.js', import.meta.url)
}

/** The plane's port is another one each time: its key is what says that it is the same. */
async function enrolOrFollow({
  dataDirectory,
  planeUrl: url,
  planePin: pin,
  code,
  name,
}: ConsumerWorkerData): Promise<string> {
  if (code !== null) return (await enrol(dataDirectory, { url, pin, code, name })).deviceId
  const trusted = await certificateOf(url, pin)
  return remember(dataDirectory, { ...enrolledWith(dataDirectory), url, trusted }).deviceId
}

function obey(
  order: ReturnType<typeof consumerWorkerOrderSchema.parse>,
  { consumer }: Composed,
  stop: AbortController,
): void {
  switch (order.do) {
    case 'close':
      return stop.abort()
    case 'verify-now':
      return void consumer.verifyNow(order.key)
  }
}

interface Telling {
  readonly composed: Composed
  readonly start: ConsumerWorkerData
  readonly steps: ReadonlyMap<string, Step>
  readonly say: (message: ConsumerWorkerMessage) => void
}

async function telling({ composed, start, steps, say }: Telling, signal: AbortSignal): Promise<void> {
  let told: ConsumerWorkerMessage | undefined
  while (!signal.aborted) {
    const { consumer, ledger } = composed
    const { at: fetchedAt, error } = consumer.fetched
    const message: ConsumerWorkerMessage = {
      say: 'standing',
      fetchedAt,
      fetchError: error === null ? null : error.reason,
      why: error?.why,
      untold: ledger.reports.untold(),
      scratchBytes: await scratchBytes(start.scratch),
      replicas: consumer.standings().map((standing) => replicaOf(standing, steps)),
    }
    if (!isDeepStrictEqual(message, told)) say(message)
    told = message
    await systemClock.pause(TELL, signal)
  }
}

function replicaOf(
  { replica, decision, running, position }: Standing,
  steps: ReadonlyMap<string, Step>,
): WorkerReplica {
  const { key, entry, verifiedSnapshotId, verifiedAt, lastError: error } = replica
  const { replicaId, machineId, name, type, intent, snapshotId } = entry
  const waits = decision.act === 'wait' ? decision : undefined
  return {
    key,
    replicaId,
    machineId,
    name,
    type,
    intent,
    snapshotId,
    verifiedSnapshotId,
    verifiedAt,
    state: running === null ? (waits?.why ?? 'queued') : 'running',
    until: running === null ? (waits?.until ?? null) : null,
    position,
    step: running === null ? null : (steps.get(running) ?? null),
    error,
  }
}

if (parentPort === null) throw new Error('this file is a worker thread')
try {
  await serve(parentPort)
} catch (cause) {
  throw new ReasonedError(startReason(cause), { cause })
}
