import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import type { Composed } from '../consumer/compose.ts'
import { doorOf } from '../consumer/places.ts'
import { keyOf } from '../consumer/worklist-entry.ts'
import { type ConsumerWorld, IDS } from './consumer-world.ts'

export const never = new AbortController().signal
/** Of the one replica that a world lists unless a test says otherwise. */
export const KEY = keyOf({ replicaId: IDS.replica, machineId: IDS.machine })

/** Fetch the worklist, begin what is due, wait until it is over, and tell of it. */
export async function oneRound({ consumer }: Composed): Promise<void> {
  await consumer.fetch(never)
  await consumer.beat(never)
  await consumer.idle()
  await consumer.beat(never)
  await consumer.idle()
}

/** How its attempts ended, newest first. */
export const attempts = ({ ledger }: Composed) => ledger.attempts(KEY, 100).map(({ outcome }) => outcome)
export const scratch = ({ settings }: ConsumerWorld) => readdirSync(settings.scratch)
/** What the plane was told, in the order in which it was. */
export const reports = ({ plane }: ConsumerWorld) =>
  plane.asked.filter(({ what }) => what === 'POST /restore-verification').map(({ body }) => body)

/** What a client of a replica that stays counts in its table `orders`; `version` of PostgreSQL. Throws where none serves. */
export function ordersBehind({ settings }: ConsumerWorld, version: string, key: string): string {
  const psql = `/usr/lib/postgresql/${version}/bin/psql`
  const to = ['-h', doorOf(settings, key), '-U', 'restore_reader', '-d', 'postgres']
  const args = ['-XAt', ...to, '-c', 'SELECT count(*) FROM orders']
  return execFileSync(psql, args, { encoding: 'utf8', stdio: 'pipe', cwd: '/' }).trim()
}
