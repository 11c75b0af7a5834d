import { mkdirSync } from 'node:fs'
import { Fault } from '../contract/errors.ts'
import { disposedOnce } from '../engine/disposed-once.ts'
import { findRestic, RESTIC_WANTED } from '../engine/restic/restic.ts'
import type { Step } from './attempt/attempt.ts'
import type { Clock } from './clock.ts'
import { openPlane } from './enrolled.ts'
import { claim } from './ledger/claim.ts'
import { Ledger } from './ledger/ledger.ts'
import type { Logger } from '../engine/logging/logger.ts'
import { Consumer, type ConsumerOptions } from './loop/consumer.ts'
import { makePassable } from './make-passable.ts'
import { cacheOf, ledgerOf, lockOf, type Places } from './places.ts'
import { findUser } from './prove/find-user.ts'
import type { OwnCommand } from './prove/prove-files.ts'
import { Serving } from './serving/serving.ts'

export interface Settings extends Places, ConsumerOptions {
  readonly resticCandidates: readonly string[]
  /** Who runs what comes near restored data; null where the consumer is no root itself. */
  readonly user: string | null
  readonly budget: number | null
  readonly graceSeconds: number
  readonly command: OwnCommand | null
}

export interface Surroundings {
  readonly clock: Clock
  readonly log: Logger
  readonly random: () => number
  readonly sqliteChecker: URL
  readonly onStep: (step: Step, runId: string) => Promise<void> | void
}

export interface Composed extends AsyncDisposable {
  readonly consumer: Consumer
  readonly ledger: Ledger
}

/** The consumer over its data. Throws `not_found` (`plane`, `user`), `tool_missing`, `version_mismatch`, `conflict` (`data_directory_in_use`). */
export async function composeConsumer(settings: Settings, around: Surroundings): Promise<Composed> {
  const { dataDirectory, scratch, resticCandidates, user, budget, graceSeconds, command } = settings
  await using stack = new AsyncDisposableStack()
  await makePassable(dataDirectory)
  await makePassable(scratch)
  mkdirSync(cacheOf(settings), { recursive: true, mode: 0o700 })
  const { restic, found } = await findRestic(resticCandidates)
  if (restic === null) throw new Fault('tool_missing', { tool: 'restic', wanted: RESTIC_WANTED, found })
  const plane = await openPlane(dataDirectory)
  stack.use(claim(lockOf(settings)))
  const ledger = stack.use(new Ledger(ledgerOf(settings)))
  const unprivileged = await findUser(user)
  const places = { dataDirectory, scratch }
  const { clock, log, random, sqliteChecker, onStep } = around
  const serving = stack.use(new Serving({ ledger, places, clock, unprivileged, log }))
  const consumer = new Consumer(
    {
      ledger,
      plane,
      places,
      restic,
      clock,
      unprivileged,
      provers: { clock, sqliteChecker, command },
      budget,
      promised: new Map(),
      graceSeconds,
      onStep,
      serving,
      log,
      random,
    },
    settings,
  )
  return { consumer, ledger, ...disposedOnce(stack.move()) }
}
