import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, expect, it } from 'vitest'
import { requireTool } from '../../test/restic.ts'
import { KEPT_OUT } from '../../test/passable.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { attempts, KEY, never, oneRound, reports, scratch } from '../../test/consumer-rounds.ts'
import { type ConsumerWorld, consumerWorld, IDS } from '../../test/consumer-world.ts'
import { serveMetrics, writeMetrics } from '../metrics.ts'

requireTool('restic', 'rest-server')('the consumer', () => {
  let world: ConsumerWorld
  beforeEach(async () => {
    world = await consumerWorld()
    return async () => await world[Symbol.asyncDispose]()
  })

  it('restores a snapshot once, tells of it, gives its space back, and restores a newer one', async () => {
    world.list(world.entry())
    await using composed = await world.start()
    await oneRound(composed)
    await oneRound(composed)
    expect(attempts(composed)).toEqual(['healthy'])
    expect(scratch(world)).toEqual([])
    expect(reports(world)).toEqual([
      expect.objectContaining({
        replica_id: IDS.replica,
        machine_id: IDS.machine,
        group: IDS.group,
        snapshot_id: world.repository.snapshotId,
        outcome: 'success',
        replica_healthy: true,
        health_details: expect.objectContaining({ files: 1 }),
        s3_received_payload_bytes: expect.any(Number),
      }),
    ])
    // It leaves the list, as a settled one does, and comes back.
    world.list()
    await oneRound(composed)
    world.list(world.entry())
    await oneRound(composed)
    expect(attempts(composed)).toHaveLength(1)
    world.list(world.entry({ snapshot_id: await world.backUp() }))
    await oneRound(composed)
    expect(attempts(composed)).toEqual(['healthy', 'healthy'])
  })

  it('asks with one run id for each attempt, and says it in the report', async () => {
    world.list(world.entry())
    await using composed = await world.start()
    await oneRound(composed)
    const asked = world.plane.asked.find(({ what }) => what === 'POST /restore-credentials')
    const [report] = reports(world)
    expect(asked?.body).toEqual({ group: IDS.group, type: 'files', run_id: expect.any(String) })
    expect(report).toMatchObject({ run_id: (asked?.body as { readonly run_id: string } | undefined)?.run_id })
  })

  it('changes nothing when the worklist cannot be fetched or read', async () => {
    world.list(world.entry({ intent: 'unknown-here' }))
    await using composed = await world.start()
    await oneRound(composed)
    for (const body of ['<html>down</html>', { entries: [] }, [{ replica_id: 'none' }]]) {
      world.plane.worklist = { status: 200, body }
      await oneRound(composed)
      expect(composed.ledger.replica(KEY)?.listed).toBe(true)
      expect(composed.consumer.fetched.error).not.toBeNull()
    }
    world.plane.worklist = { status: 503, body: 'later' }
    await oneRound(composed)
    expect(composed.ledger.replica(KEY)?.listed).toBe(true)
    world.list()
    await oneRound(composed)
    expect(composed.ledger.replica(KEY)?.listed).toBe(false)
    expect(composed.consumer.fetched.error).toBeNull()
  })

  it('reads the list of the first Canopy, and waits where there is no backup', async () => {
    const { machine_id: _, repository_url: __, storage: ___, name: ____, params: _____, ...first } = world.entry()
    world.plane.capabilities = [{ status: 422, body: 'invalid type: map, expected a string' }, { status: 204 }]
    world.list({ ...first, snapshot_id: null, snapshot_at: null, freshness_seconds: 3600 })
    await using composed = await world.start()
    await oneRound(composed)
    expect(composed.ledger.replica(KEY)?.entry).toMatchObject({ machineId: IDS.machine, name: 'verify', params: {} })
    expect(attempts(composed)).toEqual([])
    expect(world.plane.asked.filter(({ what }) => what.endsWith('capabilities')).map(({ body }) => body)).toEqual([
      { intents: [expect.objectContaining({ intent: 'verify' }), expect.objectContaining({ intent: 'analytics' })] },
      { intents: ['verify', 'analytics'] },
    ])
  })

  it('says of a snapshot that is not there, or that is damaged, what is wrong with it', async () => {
    world.list(world.entry({ snapshot_id: 'f'.repeat(64) }))
    await using composed = await world.start()
    await oneRound(composed)
    expect(reports(world).at(-1)).toMatchObject({
      outcome: 'failure',
      replica_healthy: false,
      error: expect.stringContaining('has no snapshot'),
    })
    const data = join(world.settings.dataDirectory, '../data/shop/data')
    const packs = execFileSync('find', [data, '-type', 'f'], { encoding: 'utf8' }).trim().split('\n')
    for (const pack of packs) execFileSync('chmod', ['u+w', pack])
    for (const pack of packs) execFileSync('truncate', ['-s', '100', pack])
    world.list(world.entry({ name: 'again', replica_id: IDS.machine }))
    await oneRound(composed)
    expect(reports(world).at(-1)).toMatchObject({ outcome: 'failure', snapshot_id: world.repository.snapshotId })
    expect(scratch(world)).toEqual([])
  })

  it('does not begin again at once what could not be written down, and gives its scratch back', async () => {
    world.list(world.entry())
    let broken = 0
    const onStep = (step: string): void => {
      if (step !== 'record') return
      broken += 1
      throw new Error('the disk is full')
    }
    await using composed = await world.start({ onStep })
    await oneRound(composed)
    await oneRound(composed)
    expect(broken).toBe(1)
    expect(scratch(world)).toEqual([])
    expect(reports(world)).toEqual([])
  })

  it('gives up at the time limit, says so, and leaves nothing', async () => {
    world.list(world.entry({ params: { time_limit: 0 } }))
    await using composed = await world.start()
    await oneRound(composed)
    expect(reports(world)).toEqual([
      expect.objectContaining({ outcome: 'failure', error: 'The time limit has passed.' }),
    ])
    expect(scratch(world)).toEqual([])
  })

  it('tells Prometheus what it does, on loopback', async () => {
    world.list(world.entry(), world.entry({ replica_id: IDS.machine, intent: 'unknown-here' }))
    await using composed = await world.start()
    await oneRound(composed)
    await using metrics = await serveMetrics(0, () => writeMetrics(composed.consumer, composed.ledger))
    const answer = await fetch(`http://127.0.0.1:${metrics.port}/metrics`)
    expect(answer.headers.get('content-type')).toContain('version=0.0.4')
    const lines = (await answer.text()).split('\n')
    expect(lines).toContain('restore_consumer_replicas 2')
    expect(lines).toContain('restore_consumer_untold_reports 0')
    expect(lines).toContain('restore_consumer_attempts_total{outcome="healthy"} 1')
    expect((await fetch(`http://127.0.0.1:${metrics.port}/`)).status).toBe(404)
  })

  it('does not begin what does not fit, and says how much it needs', async () => {
    world.list(world.entry())
    await using composed = await world.start({}, { budget: 1 })
    await oneRound(composed)
    expect(reports(world)).toEqual([
      expect.objectContaining({ error: expect.stringMatching(/^It needs 1 MiB, and of the budget/) }),
    ])
    expect(scratch(world)).toEqual([])
  })

  it('stops what is no longer wanted in the middle, and leaves nothing of it', async () => {
    world.list(world.entry())
    const reached = Promise.withResolvers<void>()
    const held = Promise.withResolvers<void>()
    const onStep = async (step: string): Promise<void> => {
      if (step !== 'prove') return
      reached.resolve()
      await held.promise
    }
    await using composed = await world.start({ onStep })
    await composed.consumer.fetch(never)
    await composed.consumer.beat(never)
    await reached.promise
    expect(scratch(world)).toHaveLength(1)
    world.list()
    await composed.consumer.fetch(never)
    held.resolve()
    await composed.consumer.idle()
    expect(attempts(composed)).toEqual(['cancelled'])
    expect(scratch(world)).toEqual([])
    expect(reports(world)).toEqual([])
  })

  it('finishes what it restores when a newer snapshot comes, and tells of the one it restored', async () => {
    const { snapshotId } = world.repository
    world.list(world.entry())
    const newer = await world.backUp()
    const onStep = async (step: string): Promise<void> => {
      if (step !== 'prove') return
      world.list(world.entry({ snapshot_id: newer }))
    }
    await using composed = await world.start({ onStep })
    await composed.consumer.fetch(never)
    await composed.consumer.beat(never)
    await composed.consumer.fetch(never)
    await composed.consumer.idle()
    await oneRound(composed)
    expect(reports(world)).toEqual([
      expect.objectContaining({ snapshot_id: snapshotId }),
      expect.objectContaining({ snapshot_id: newer }),
    ])
  })

  it('renews credentials before they end', async () => {
    world.plane.credentials = world.issue(60)
    world.list(world.entry())
    await using composed = await world.start()
    await oneRound(composed)
    expect(attempts(composed)).toEqual(['healthy'])
    const asked = world.plane.asked.filter(({ what }) => what === 'POST /restore-credentials')
    expect(asked.length).toBeGreaterThan(1)
    expect(new Set(asked.map(({ body }) => JSON.stringify(body))).size).toBe(1)
  })

  // @security Control plane and consumers: What looks at restored files has no rights of root.
  it('has restored files looked at by the operator’s own command, without rights', async () => {
    const command = (script: string) => ({ file: 'sh', args: ['-c', script], seconds: 30 })
    world.list(world.entry())
    {
      await using composed = await world.start({}, { command: command('id -u; cat notes.txt && exit 3') })
      await oneRound(composed)
      const error = composed.ledger.replica(KEY)?.lastError
      expect(error).toMatch(/^sh ended with 3\.\n\d+\nkept$/)
      if (process.getuid?.() === 0) expect(error).not.toMatch(/^0$/m)
      composed.consumer.verifyNow(KEY)
    }
    await using composed = await world.start({}, { command: { ...command('sleep 60'), seconds: 1 } })
    await oneRound(composed)
    expect(composed.ledger.replica(KEY)?.lastError).toBe('sh had not ended after 1 seconds.')
  })
})

requireTool('restic', 'rest-server')('databases of SQLite', () => {
  it.skipIf(KEPT_OUT !== '')(`are checked one by one, and a broken one is named${KEPT_OUT}`, async () => {
    await using directory = temporaryDirectory()
    for (const name of ['good.db', 'broken']) {
      const database = new Database(join(directory.path, name))
      database.exec('CREATE TABLE notes (text TEXT); CREATE INDEX by_text ON notes (text)')
      const insert = database.prepare('INSERT INTO notes VALUES (?)')
      for (let at = 0; at < 500; at += 1) insert.run(`a note with the number ${at} in it`)
      database.close()
    }
    await using world = await consumerWorld({ source: directory.path })
    world.list(world.entry({ type: 'sqlite' }))
    await using composed = await world.start()
    await oneRound(composed)
    expect(reports(world).at(-1)).toMatchObject({ outcome: 'success', health_details: { databases: 2 } })
    execFileSync('dd', [
      'if=/dev/urandom',
      `of=${join(directory.path, 'broken')}`,
      'bs=1',
      'seek=20500',
      'count=6000',
      'conv=notrunc',
      'status=none',
    ])
    world.list(world.entry({ type: 'sqlite', snapshot_id: await world.backUp() }))
    await oneRound(composed)
    expect(reports(world).at(-1)).toMatchObject({ outcome: 'failure', error: expect.stringMatching(/^broken: /) })
    expect(existsSync(world.settings.scratch)).toBe(true)
  })
})
