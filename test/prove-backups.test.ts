import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { systemClock } from '../consumer/clock.ts'
import { composeConsumer, type Composed, type Settings } from '../consumer/compose.ts'
import { enrol } from '../consumer/enrolled.ts'
import { doorOf } from '../consumer/places.ts'
import { keyOf } from '../consumer/worklist-entry.ts'
import { composePlane, type Plane } from '../control-plane/compose.ts'
import type { GroupView } from '../contract/control-plane/fleet.ts'
import type { ReplicaView } from '../contract/control-plane/replica.ts'
import type { Standing } from '../contract/control-plane/standing.ts'
import { requirePostgres, startCluster } from './postgres.ts'
import { backUp, makeRepository, type MadeRepository, restic } from './restic.ts'
import { temporaryDirectory } from './temporary-directory.ts'

const TOKEN = 'token-of-the-operator'
const never = new AbortController().signal

/** A control plane and a consumer of it, over TLS, with a real repository behind the plane's gateway. */
interface Nights extends AsyncDisposable {
  readonly composed: Composed
  readonly settings: Settings
  readonly repository: MadeRepository
  readonly group: GroupView
  readonly deviceId: string
  operate<T>(path: string, body: unknown): Promise<T>
  declare(fields: Readonly<Record<string, unknown>>): Promise<ReplicaView>
  standing(): Promise<Standing | undefined>
  /** Back up again, and let the plane see it. */
  backUpAgain(): Promise<string>
  /** The consumer looks at its worklist, and does what is due. */
  night(): Promise<void>
}

async function nights(source: string, directory: string): Promise<Nights> {
  await using stack = new AsyncDisposableStack()
  chmodSync(directory, 0o755)
  const repository = await makeRepository({ directory, source })
  const planeDirectory = join(directory, 'plane')
  mkdirSync(planeDirectory, { mode: 0o700 })
  const plane: Plane = stack.use(
    await composePlane({
      dataDirectory: planeDirectory,
      secretsKey: new Uint8Array(32).fill(7),
      consumerListen: { host: '127.0.0.1', port: 0 },
      advertise: null,
      operatorListen: { host: '127.0.0.1', port: 0 },
      token: TOKEN,
      version: '0.0.0',
      safetyModes: false,
      log: () => undefined,
    }),
  )
  const operate = async <T>(path: string, body: unknown): Promise<T> => {
    const answer = await fetch(`${plane.operatorUrl}/api/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`)
    return JSON.parse(text) as T
  }
  const access = { url: repository.repository.access.url, repo_password: repository.repository.access.password }
  const connect = (groupId: string | null) =>
    operate<GroupView>('fleet/groups/connect', {
      server_group_id: groupId,
      name: 'shop',
      access,
      type_rules: [{ by: 'path', path: '/', type: 'postgres' }],
    })
  const group = await connect(null)
  const {
    code,
    url,
    plane_pin: pin,
  } = await operate<{ code: string; url: string; plane_pin: string }>('devices/enrolment_code', { name: 'prover' })
  const dataDirectory = join(directory, 'c')
  const settings: Settings = {
    dataDirectory,
    scratch: join(dataDirectory, 's'),
    interval: 3600,
    atOnce: 1,
    budget: null,
    graceSeconds: 0,
    user: process.getuid?.() === 0 ? 'nobody' : null,
    resticCandidates: [restic().path],
    command: null,
  }
  mkdirSync(dataDirectory)
  const { deviceId } = await enrol(dataDirectory, { url, pin, code, name: 'prover' })
  const composed = stack.use(
    await composeConsumer(settings, {
      clock: systemClock,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      random: () => 0.5,
      sqliteChecker: new URL('../consumer/prove/check-sqlite.ts', import.meta.url),
      onStep: () => undefined,
    }),
  )
  const owned = stack.move()
  return {
    composed,
    settings,
    repository,
    group,
    deviceId,
    operate,
    declare: (fields) =>
      operate('restore_replicas/create', {
        consumer_device_id: deviceId,
        group_id: group.id,
        type: 'postgres',
        ...fields,
      }),
    standing: async () => (await operate<{ standings: Standing[] }>('restore_replicas/standings', {})).standings[0],
    backUpAgain: async () => {
      const { snapshotId } = await backUp(repository.repository, source, ['--force'])
      await connect(group.id)
      return snapshotId
    },
    night: async () => {
      await composed.consumer.fetch(never)
      await composed.consumer.beat(never)
      await composed.consumer.idle()
      await composed.consumer.beat(never)
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

requirePostgres('backups of a database, night after night', () => {
  it('are proven by a replica that is thrown away, and one that is broken is told of in the words of the server', async () => {
    await using place = temporaryDirectory()
    await using cluster = await startCluster({ directory: place.path })
    await cluster.query('CREATE TABLE orders AS SELECT generate_series(1, 5000) AS id')
    // A copy in the middle of its life: what is in memory comes out of its log.
    await using world = await nights(cluster.dataDirectory, place.path)
    await world.composed.consumer.fetch(never)
    await world.declare({ intent: 'verify', name: 'shop-verify', overdue_after: '1d' })
    expect(await world.standing()).toMatchObject({ state: 'never-reported' })
    await world.night()
    const { snapshotId } = world.repository
    expect(await world.standing()).toMatchObject({
      state: 'healthy',
      latest_snapshot_id: snapshotId,
      last_healthy: { snapshot_id: snapshotId },
    })
    expect(readdirSync(world.settings.scratch)).toEqual([])
    await world.night()
    const [activity] = (await world.operate<{ items: Record<string, unknown>[] }>('restore_replicas/activity', {}))
      .items
    expect(activity).toMatchObject({
      outcome: 'success',
      postgres_version: expect.stringMatching(/^\d+\.\d+$/),
      s3_received_payload_bytes: expect.any(Number),
      health_details: { sizes: { postgres: expect.any(Number) }, restore_duration_sec: expect.any(Number) },
    })
    const issued = await world.operate<{ items: unknown[] }>('restore_replicas/issuances', {})
    expect(issued.items).toHaveLength(1)

    await cluster.stop('fast')
    writeFileSync(join(cluster.dataDirectory, 'global/pg_control'), Buffer.alloc(8192, 1))
    const broken = await world.backUpAgain()
    await world.night()
    expect(await world.standing()).toMatchObject({
      state: 'failing',
      last_report: { snapshot_id: broken, error: expect.stringMatching(/PostgreSQL could not start.*FATAL/s) },
      last_healthy: { snapshot_id: snapshotId },
    })
    expect(readdirSync(world.settings.scratch)).toEqual([])
    expect(world.composed.consumer.standings()[0]?.decision).toMatchObject({ why: 'backoff' })
  })

  it('are followed by a replica that stays, which a client that connects again always finds', async () => {
    await using place = temporaryDirectory()
    await using cluster = await startCluster({ directory: place.path })
    await cluster.query('CREATE TABLE orders AS SELECT generate_series(1, 10) AS id')
    await using world = await nights(cluster.dataDirectory, place.path)
    await world.composed.consumer.fetch(never)
    const { id } = await world.declare({ intent: 'analytics', name: 'shop-analytics', params: { minimum_ttl: '0s' } })
    const [machine] = world.group.machines
    const door = doorOf(world.settings, keyOf({ replicaId: id, machineId: machine?.id ?? '' }))
    const count = (): string =>
      execFileSync(
        `/usr/lib/postgresql/${cluster.version}/bin/psql`,
        ['-X', '-A', '-t', '-h', door, '-U', 'restore_reader', '-d', 'postgres', '-c', 'SELECT count(*) FROM orders'],
        { encoding: 'utf8', stdio: 'pipe', cwd: '/' },
      ).trim()
    await world.night()
    await expect.poll(count).toBe('10')
    await cluster.query('INSERT INTO orders SELECT generate_series(11, 30)')
    await cluster.query('CHECKPOINT')
    await world.backUpAgain()
    const seen = new Set<string>()
    let over = false
    const asking = (async () => {
      while (!over) {
        seen.add(count())
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    })()
    await world.night()
    over = true
    await asking
    expect(count()).toBe('30')
    expect([...seen].every((value) => value === '10' || value === '30')).toBe(true)
    const [activity] = (
      await world.operate<{ items: { health_details: { url: string } }[] }>('restore_replicas/activity', {})
    ).items
    expect(activity?.health_details.url).toContain(encodeURIComponent(door))
    // The one before is gone with its folder.
    await world.composed.consumer.beat(never)
    const [folder = '', ...others] = readdirSync(world.settings.scratch)
    expect(others).toEqual([])
    // Its server is killed when it has run for a while: it comes back by itself, behind the same door.
    const pid = (): string | undefined =>
      readFileSync(join(world.settings.scratch, folder, 'p/data/postmaster.pid'), 'utf8').split('\n')[0]
    await new Promise((resolve) => setTimeout(resolve, 5000))
    const killed = pid()
    process.kill(Number(killed), 'SIGKILL')
    const again = (): string => {
      try {
        return count()
      } catch {
        return 'nobody answers'
      }
    }
    await expect.poll(again, { timeout: 30_000, interval: 200 }).toBe('30')
    expect(pid()).not.toBe(killed)
    // The plane hears that it died, and then that it is well again, of the same restore; what that took is no longer its duration.
    await world.composed.consumer.beat(never)
    expect(await world.standing()).toMatchObject({
      state: 'failing',
      last_report: { healthy: false, outcome: 'success', error: expect.stringContaining('was ended by SIGKILL at') },
    })
    const stateNow = async (): Promise<string | undefined> => {
      await world.composed.consumer.beat(never)
      return (await world.standing())?.state
    }
    await expect.poll(stateNow, { timeout: 30_000, interval: 500 }).toBe('healthy')
    const { items } = await world.operate<{ items: Record<string, unknown>[] }>('restore_replicas/activity', {})
    expect(items).toMatchObject([
      { replica_healthy: true, duration_seconds: null, health_details: { url: activity?.health_details.url } },
      { replica_healthy: false, duration_seconds: null },
      { replica_healthy: true, duration_seconds: expect.any(Number) },
      { replica_healthy: true },
    ])
    expect(new Set(items.map(({ run_id }) => run_id)).size).toBe(2)
    expect(readFileSync(join(cluster.dataDirectory, 'PG_VERSION'), 'utf8').trim()).toBe(cluster.version)
  })
})
