import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ordersBehind } from '../../test/consumer-rounds.ts'
import { type ConsumerWorld, consumerWorld, IDS } from '../../test/consumer-world.ts'
import { requirePostgres, startCluster } from '../../test/postgres.ts'
import { requireTool } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { STEPS } from '../attempt/attempt.ts'
import type { Composed } from '../compose.ts'
import { keyOf } from '../worklist-entry.ts'

const never = new AbortController().signal

async function killedAt(world: ConsumerWorld, step: string): Promise<void> {
  const program = join(import.meta.dirname, '../../test/consumer-to-kill.ts')
  const child = spawn(process.execPath, [program, JSON.stringify({ settings: world.settings, step })], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  expect({ code, signal }).toEqual({ code: null, signal: 'SIGKILL' })
}

/** Start again, and go on until nothing is due. */
async function again(world: ConsumerWorld): Promise<Composed> {
  const composed = await world.start()
  await composed.consumer.recover(never)
  for (let round = 0; round < 2; round += 1) {
    await composed.consumer.fetch(never)
    await composed.consumer.beat(never)
    await composed.consumer.idle()
  }
  await composed.consumer.beat(never)
  return composed
}

/** Programs that belong to an attempt, by the mark in their environment. */
function programs(runIds: readonly string[]): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'latin1')
        return runIds.some((runId) => environment.includes(`RESTORE_CONSUMER_RUN=${runId}`))
      } catch {
        return false
      }
    })
}

const reported = (world: ConsumerWorld, replicaId: string) =>
  world.plane.asked
    .filter(({ what }) => what === 'POST /restore-verification')
    .map(({ body }) => body as { readonly replica_id: string; readonly outcome: string; readonly run_id: string })
    .filter((report) => report.replica_id === replicaId)

requireTool('restic', 'rest-server')('a consumer that is killed, and proves files', () => {
  let world: ConsumerWorld
  beforeAll(async () => (world = await consumerWorld()))
  afterAll(() => world[Symbol.asyncDispose]())

  it.each(STEPS)('as step %s begins: restores once, tells once, leaves nothing', async (step) => {
    const replicaId = randomUUID()
    const key = keyOf({ replicaId, machineId: IDS.machine })
    world.list(world.entry({ replica_id: replicaId }))
    await killedAt(world, step)
    await using composed = await again(world)
    const attempts = composed.ledger.attempts(key, 10)
    // What was recorded is not done again; what was not is.
    const isRecorded = STEPS.indexOf(step) > STEPS.indexOf('record')
    expect(attempts.map(({ outcome }) => outcome)).toEqual(isRecorded ? ['healthy'] : ['healthy', 'interrupted'])
    const [last] = attempts
    expect(reported(world, replicaId)).toEqual([expect.objectContaining({ outcome: 'success', run_id: last?.runId })])
    expect(composed.ledger.reports.untold()).toBe(0)
    expect(readdirSync(world.settings.scratch)).toEqual([])
    expect(programs(attempts.map(({ runId }) => runId))).toEqual([])
  })
})

requirePostgres('a consumer that is killed, and keeps a database', () => {
  let open: AsyncDisposableStack
  let world: ConsumerWorld
  let version: string
  beforeAll(async () => {
    open = new AsyncDisposableStack()
    const place = open.use(temporaryDirectory())
    const cluster = open.use(await startCluster({ directory: place.path }))
    version = cluster.version
    await cluster.query('CREATE TABLE orders AS SELECT generate_series(1, 1000) AS id')
    await cluster.stop('fast')
    world = open.use(await consumerWorld({ source: cluster.dataDirectory }))
  })
  afterAll(() => open.disposeAsync())

  const count = (key: string): string => ordersBehind(world, version, key)

  it.each(STEPS)('as step %s begins: one server serves in the end, and no other runs', async (step) => {
    const replicaId = randomUUID()
    const key = keyOf({ replicaId, machineId: IDS.machine })
    world.list(
      world.entry({
        replica_id: replicaId,
        type: 'postgres',
        intent: 'analytics',
        params: { minimum_ttl: 0, time_limit: 600 },
      }),
    )
    await killedAt(world, step)
    await using composed = await again(world)
    const attempts = composed.ledger.attempts(key, 10)
    const serving = composed.ledger.instances().filter((one) => one.key === key)
    expect(serving).toHaveLength(1)
    await expect.poll(() => count(key)).toBe('1000')
    expect(reported(world, replicaId)).toHaveLength(1)
    const others = attempts.map(({ runId }) => runId).filter((runId) => runId !== serving[0]?.runId)
    expect(programs(others)).toEqual([])
    // Wanted no more, it goes: no server is left, and no scratch.
    world.list()
    await composed.consumer.fetch(never)
    await composed.consumer.beat(never)
    await composed.consumer.beat(never)
    expect(programs(attempts.map(({ runId }) => runId))).toEqual([])
    expect(readdirSync(world.settings.scratch)).toEqual([])
  })
})
