import { Fault, isFault } from '../../contract/errors.ts'
import { reasonOf } from '../../contract/reasons.ts'
import type { RepositoryProbe } from '../../contract/shapes/repository.ts'
import { listLocks } from '../restic/locks.ts'
import { localPathOf, placeOf, type ResticRepository, schemeOf } from '../restic/repository.ts'
import { listSnapshots } from '../restic/snapshots.ts'
import { chooseBackend } from './native/backends/choose-backend.ts'
import { requireBoundedKeys } from './native/keys.ts'
import { checkLocalRepository, checkRestServer, checkStore } from './reach.ts'

/** restic itself tries for 15 minutes to reach a server; nobody waits that long for a test. */
const PATIENCE_MILLISECONDS = 20_000
const TRIES = 3
const SERVER_PATIENCE_MILLISECONDS = 10_000

export interface ProbeOptions {
  readonly signal?: AbortSignal
  /** How long the network may take to answer; twenty seconds (ten for a REST server or an S3 store) unless given. */
  readonly patienceMilliseconds?: number
}

/**
 * Try to open a repository and say what is in it. Writes nothing to it, not even a lock. Throws `unreachable`,
 * `unauthenticated` (by: backend), `repository_not_initialised`, `wrong_password`, `conflict` (`key_excessive`),
 * `tool_missing`, `tool_failed`, `cancelled`.
 */
export async function probeRepository(repository: ResticRepository, options: ProbeOptions): Promise<RepositoryProbe> {
  await reach(repository, options)
  await guardFromKeys(repository, options)
  const [snapshots, locks] = await askWithPatience(repository, options)
  return { snapshots: snapshots.length, lockedBy: locks.find((lock) => lock.exclusive)?.by ?? null }
}

/**
 * Ask whether a repository is there before restic does, who would go on trying. Where only restic can tell, nothing is
 * asked. Throws `unreachable`, `unauthenticated` (by: backend), `repository_not_initialised`, `cancelled`.
 */
export async function reach(repository: ResticRepository, options: ProbeOptions): Promise<void> {
  const { url, username, serverPassword } = repository.access
  const local = localPathOf(url)
  if (local !== undefined) return checkLocalRepository(local)
  const scheme = schemeOf(url)
  if (scheme !== 'rest' && scheme !== 's3') return
  const patience = AbortSignal.timeout(options.patienceMilliseconds ?? SERVER_PATIENCE_MILLISECONDS)
  const signal = options.signal ? AbortSignal.any([options.signal, patience]) : patience
  if (scheme === 'rest') {
    return checkRestServer({ url: url.slice('rest:'.length), username, password: serverPassword }, signal)
  }
  const store = chooseBackend(repository)
  if (store !== undefined) await checkStore(store, placeOf(url), signal)
}

/** restic spends on a key whatever the repository says, all memory if need be. What else is wrong with the keys it tells better. */
async function guardFromKeys(
  repository: ResticRepository,
  { signal, patienceMilliseconds }: ProbeOptions,
): Promise<void> {
  const backend = chooseBackend(repository)
  const patience = AbortSignal.timeout(patienceMilliseconds ?? SERVER_PATIENCE_MILLISECONDS)
  try {
    if (backend !== undefined) {
      await requireBoundedKeys(backend, { signal: signal ? AbortSignal.any([signal, patience]) : patience })
    }
  } catch (error) {
    if (isFault(error, 'conflict')) throw error
    if (signal?.aborted) throw new Fault('cancelled', {}, { cause: error })
  }
}

/** Both at once: each costs the half second in which a password becomes a key. */
async function askWithPatience(repository: ResticRepository, options: ProbeOptions) {
  const patience = AbortSignal.timeout(options.patienceMilliseconds ?? PATIENCE_MILLISECONDS)
  const over = new AbortController()
  const signal = AbortSignal.any([patience, over.signal, ...(options.signal ? [options.signal] : [])])
  const onStderrLine = countTries(() => over.abort())
  const asked = [listSnapshots(repository, { signal, onStderrLine }), listLocks(repository, { signal })] as const
  try {
    return await Promise.all(asked)
  } catch (error) {
    over.abort()
    await Promise.allSettled(asked)
    throw options.signal?.aborted ? error : impatient(repository, error)
  }
}

function countTries(onEnough: () => void): (line: string) => void {
  let tries = 0
  return (line) => {
    if (!/returned error, retrying after/.test(line)) return
    tries += 1
    if (tries === TRIES) onEnough()
  }
}

/** A restic that is still busy by then has been trying in vain; what it complained of last says why. */
function impatient(repository: ResticRepository, error: unknown): unknown {
  if (!isFault(error, 'cancelled')) return error
  if (error.cause instanceof Fault && error.cause.code !== 'tool_failed') return error.cause
  const place = placeOf(repository.access.url)
  return new Fault('unreachable', { host: place, ...reasonOf('no_answer', { place }) })
}
