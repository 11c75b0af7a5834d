import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { verificationReportSchema } from '../../contract/control-plane/consumer.ts'
import type { LogFields } from '../../engine/logging/logger.ts'
import { never, oneRound, ordersBehind } from '../../test/consumer-rounds.ts'
import { type ConsumerWorld, consumerWorld, IDS } from '../../test/consumer-world.ts'
import { requirePostgres, startCluster } from '../../test/postgres.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { systemClock } from '../clock.ts'
import type { Composed } from '../compose.ts'
import { besideFolder } from '../places.ts'
import { keyOf } from '../worklist-entry.ts'

const SNAPSHOT_GONE = 'f'.repeat(64)

requirePostgres('a replica that stays, and whose server dies', () => {
  let open: AsyncDisposableStack
  let world: ConsumerWorld
  let version: string
  let replicaId: string
  let key: string
  /** Seconds by which the consumer's clock is ahead. */
  let ahead = 0
  let log: { readonly event: string; readonly fields: LogFields | undefined }[]

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
  beforeEach(() => {
    replicaId = randomUUID()
    key = keyOf({ replicaId, machineId: IDS.machine })
    world.plane.reports = [{ status: 204 }]
    log = []
    listed()
  })

  const listed = (fields: Readonly<Record<string, unknown>> = {}): void =>
    world.list(
      world.entry({
        replica_id: replicaId,
        type: 'postgres',
        intent: 'analytics',
        params: { minimum_ttl: 0, time_limit: 600 },
        ...fields,
      }),
    )
  const start = async (): Promise<Composed> => {
    const note = (event: string, fields?: LogFields) => void log.push({ event, fields })
    return await world.start({
      clock: {
        now: () => new Date(Date.now() + ahead * 1000),
        elapsed: () => performance.now() + ahead * 1000,
        pause: systemClock.pause,
      },
      log: { info: note, warn: note, error: note },
    })
  }
  /** Started, and serving for as many seconds. */
  const serving = async (seconds: number): Promise<Composed> => {
    const composed = await start()
    await composed.consumer.recover(never)
    await oneRound(composed)
    expect(told()).toMatchObject([{ replica_healthy: true }])
    ahead += seconds
    return composed
  }
  /** What the plane was asked to take of this replica; each in Canopy's shape, with nothing that it does not know. */
  const told = () =>
    world.plane.asked
      .filter(({ what }) => what === 'POST /restore-verification')
      .map(({ body }) => verificationReportSchema.strict().parse(body))
      .filter((report) => report.replica_id === replicaId)
  const runOf = ({ ledger }: Composed): string => ledger.instances().find((one) => one.key === key)?.runId ?? ''
  const pidFile = (composed: Composed): string =>
    join(besideFolder(world.settings, runOf(composed)), 'data/postmaster.pid')
  const end = (composed: Composed, signal: NodeJS.Signals): void => {
    process.kill(Number(readFileSync(pidFile(composed), 'utf8').split('\n')[0]), signal)
  }
  const kill = (composed: Composed): void => end(composed, 'SIGKILL')
  const beat = ({ consumer }: Composed) => consumer.beat(never)
  /** Until so many deaths were seen, and a server runs again. */
  const revived = async ({ ledger }: Composed, deaths: number): Promise<void> => {
    const isBack = (): boolean => logged('replica.died') === deaths && ledger.deaths.of(key)?.aliveSince !== null
    await expect.poll(isBack, { timeout: 30_000 }).toBe(true)
  }
  const logged = (what: string): number => log.filter(({ event }) => event === what).length
  it('is told of as not healthy with how it ended, and as healthy once it has lived again', async () => {
    await using composed = await serving(10)
    kill(composed)
    await revived(composed, 1)
    await beat(composed)
    await beat(composed)
    const [first, dead, ...others] = told()
    expect(others).toEqual([])
    expect(dead).toMatchObject({
      run_id: first?.run_id,
      snapshot_id: world.repository.snapshotId,
      outcome: 'success',
      replica_healthy: false,
      error: expect.stringMatching(/^The server of this replica was ended by SIGKILL at \S+Z, and is started again\./),
      health_details: { server_deaths: 1 },
    })
    expect(Date.parse(dead?.observed_at ?? '')).toBeGreaterThan(Date.parse(first?.observed_at ?? ''))
    ahead += 5
    await beat(composed)
    await beat(composed)
    expect(told().slice(2)).toEqual([
      expect.objectContaining({
        run_id: first?.run_id,
        outcome: 'success',
        replica_healthy: true,
        postgres_version: first?.postgres_version,
        health_details: expect.objectContaining({ url: expect.stringContaining('host='), server_deaths: 1 }),
      }),
    ])
    expect(told()[2]).not.toHaveProperty('error')
    expect(ordersBehind(world, version, key)).toBe('1000')
    expect(composed.ledger.attempts(key, 10)).toHaveLength(1)
  })

  it('is told of in the end where the plane and then the consumer were away', async () => {
    {
      await using composed = await serving(10)
      world.plane.reports = [{ status: 503, body: 'away' }]
      kill(composed)
      await revived(composed, 1)
      await beat(composed)
      expect(composed.ledger.reports.untold()).toBe(1)
    }
    await using composed = await start()
    await composed.consumer.recover(never)
    ahead += 600
    await beat(composed)
    expect(composed.ledger.reports.untold()).toBe(2)
    world.plane.reports = [{ status: 204 }]
    const before = told().length
    ahead += 3600
    await beat(composed)
    await beat(composed)
    expect(
      told()
        .slice(before)
        .map(({ replica_healthy }) => replica_healthy),
    ).toEqual([false, true])
    expect(composed.ledger.reports.untold()).toBe(0)
    // That servers end with their consumer is no death.
    expect(logged('replica.died')).toBe(1)
  })

  it.each([
    { what: 'refuses', answer: { status: 409, body: 'It has a report.' }, tries: 1 },
    { what: 'breaks at', answer: { status: 500, body: 'duplicate key' }, tries: 20 },
  ])(
    'says once that the plane $what a second report of an attempt, and sends no more of it',
    async ({ answer, tries }) => {
      await using composed = await serving(10)
      world.plane.reports = [answer]
      kill(composed)
      await revived(composed, 1)
      for (let at = 0; at < 30; at += 1) {
        await beat(composed)
        ahead += 600
      }
      kill(composed)
      await revived(composed, 2)
      ahead += 3600
      await beat(composed)
      expect(told()).toHaveLength(1 + tries)
      expect(composed.ledger.reports.untold()).toBe(0)
      expect(logged('report.no_later_ones')).toBe(1)
      // What it could not be told is no reason to restore nothing of it.
      world.plane.reports = [{ status: 204 }]
      listed({ snapshot_id: await world.backUp() })
      await oneRound(composed)
      expect(told().at(-1)).toMatchObject({ outcome: 'success', replica_healthy: true })
      expect(composed.ledger.deaths.of(key)?.isRefused).toBe(false)
    },
  )

  it('is not said to have died where it is ended together with the consumer, as a service manager does', async () => {
    await using composed = await serving(10)
    const stop = new AbortController()
    const running = composed.consumer.run(stop.signal)
    stop.abort()
    end(composed, 'SIGINT')
    await running
    await expect.poll(() => existsSync(pidFile(composed)), { timeout: 30_000 }).toBe(false)
    expect(logged('replica.died')).toBe(0)
    expect(composed.ledger.deaths.of(key)).toBeUndefined()
  })

  it('is not called healthy while the restore of a newer snapshot fails', async () => {
    await using composed = await serving(10)
    listed({ snapshot_id: SNAPSHOT_GONE })
    await oneRound(composed)
    expect(told().at(-1)).toMatchObject({ outcome: 'failure', snapshot_id: SNAPSHOT_GONE })
    kill(composed)
    await revived(composed, 1)
    ahead += 30
    await beat(composed)
    ahead += 30
    await beat(composed)
    expect(told()).toHaveLength(3)
    expect(told()[2]).toMatchObject({ replica_healthy: false, snapshot_id: world.repository.snapshotId })
    listed({ snapshot_id: await world.backUp() })
    ahead += 3600
    await oneRound(composed)
    await beat(composed)
    expect(told().slice(3)).toMatchObject([{ replica_healthy: true }])
  })

  it('is restored anew where it dies at once or does not start again, and each time later', async () => {
    await using composed = await serving(0)
    kill(composed)
    await expect
      .poll(() => composed.ledger.instances().filter((one) => one.key === key), { timeout: 30_000 })
      .toEqual([])
    await beat(composed)
    expect(told().at(-1)).toMatchObject({ replica_healthy: false, error: expect.stringContaining('restored anew') })
    expect(composed.consumer.standings().find(({ replica }) => replica.key === key)?.decision).toMatchObject({
      why: 'backoff',
    })
    ahead += 5
    await oneRound(composed)
    expect(told().map(({ replica_healthy }) => replica_healthy)).toEqual([true, false, true])
    expect(composed.ledger.replica(key)).toMatchObject({ retryAt: null, lastError: null })
    ahead += 10
    rmSync(join(besideFolder(world.settings, runOf(composed)), 'data/global/pg_control'))
    kill(composed)
    await expect
      .poll(() => composed.ledger.instances().filter((one) => one.key === key), { timeout: 30_000 })
      .toEqual([])
    await beat(composed)
    expect(told().at(-1)).toMatchObject({
      replica_healthy: false,
      error: expect.stringMatching(/did not start again at .*restored anew\.\n.*It died 2 times/s),
    })
    ahead += 110
    await oneRound(composed)
    expect(composed.ledger.attempts(key, 10)).toHaveLength(2)
    ahead += 10
    await oneRound(composed)
    expect(composed.ledger.attempts(key, 10)).toHaveLength(3)
  })
})
