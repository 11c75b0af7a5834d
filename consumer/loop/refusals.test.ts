import { beforeEach, expect, it } from 'vitest'
import { attempts, KEY, oneRound, reports, scratch } from '../../test/consumer-rounds.ts'
import { type ConsumerWorld, consumerWorld } from '../../test/consumer-world.ts'
import { requireTool } from '../../test/restic.ts'

requireTool('restic', 'rest-server')('a consumer that a plane refuses, or does not answer', () => {
  let world: ConsumerWorld
  beforeEach(async () => {
    world = await consumerWorld()
    return async () => await world[Symbol.asyncDispose]()
  })

  it('asks no more for what it was refused until the worklist changes', async () => {
    world.plane.credentials = {
      status: 403,
      body: { type: '/errors/auth-insufficient-permissions', title: 'No declaration covers it.' },
    }
    world.list(world.entry())
    await using composed = await world.start()
    await oneRound(composed)
    expect(composed.ledger.replica(KEY)?.lastError).toContain('No declaration covers it.')
    expect(composed.consumer.standings()[0]?.decision).toMatchObject({ act: 'wait', why: 'refused' })
    expect(composed.consumer.verifyNow(KEY)).toBe(true)
    await oneRound(composed)
    expect(attempts(composed)).toEqual(['failed'])
    expect(reports(world)).toEqual([])
    world.plane.credentials = world.issue()
    world.list(world.entry({ overdue_after_seconds: 1 }))
    await oneRound(composed)
    expect(attempts(composed)).toEqual(['healthy', 'failed'])
  })

  it('works by what it said before when it cannot say now what it can do, and says it again', async () => {
    world.plane.capabilities = [{ status: 500, body: 'no' }, { status: 204 }]
    world.list(world.entry())
    await using composed = await world.start()
    await oneRound(composed)
    expect(attempts(composed)).toEqual(['healthy'])
    await oneRound(composed)
    await oneRound(composed)
    const said = world.plane.asked.filter(({ what }) => what === 'POST /restore-capabilities')
    expect(said).toHaveLength(2)
  })

  it.each([409, 502, 503])(
    'tries again later when it is answered %i, and tells nobody that a backup is bad',
    async (status) => {
      world.plane.credentials = { status, body: 'not now' }
      world.list(world.entry())
      await using composed = await world.start()
      await oneRound(composed)
      expect(attempts(composed)).toEqual(['failed'])
      expect(reports(world)).toEqual([])
      expect(composed.consumer.standings()[0]?.decision).toMatchObject({ act: 'wait', why: 'backoff' })
    },
  )

  it('tells again what was not taken, drops what is retired, and never restores again for it', async () => {
    world.plane.reports = [{ status: 502, body: 'bad gateway' }]
    world.list(world.entry())
    const later = { at: Date.now() }
    const clock = { now: () => new Date(later.at), elapsed: () => performance.now(), pause: async () => undefined }
    await using composed = await world.start({ clock })
    await oneRound(composed)
    expect(composed.ledger.reports.untold()).toBe(1)
    world.plane.reports = [{ status: 204 }]
    await oneRound(composed)
    expect(composed.ledger.reports.untold()).toBe(1)
    later.at += 3_600_000
    await oneRound(composed)
    expect(composed.ledger.reports.untold()).toBe(0)
    expect(attempts(composed)).toEqual(['healthy'])
    const [first, second] = reports(world)
    expect(second).toEqual(first)
    world.plane.reports = [{ status: 404, body: { type: '/errors/resource-not-found', title: 'It was retired.' } }]
    world.list(world.entry({ snapshot_id: await world.backUp() }))
    await oneRound(composed)
    expect(composed.ledger.reports.untold()).toBe(0)
    expect(scratch(world)).toEqual([])
  })

  it('restores no more of what it may not report on, until the worklist changes', async () => {
    world.plane.reports = [
      { status: 403, body: { type: '/errors/auth-insufficient-permissions', title: 'Not yours.' } },
    ]
    world.list(world.entry())
    await using composed = await world.start()
    await oneRound(composed)
    expect(composed.ledger.reports.untold()).toBe(0)
    const newer = await world.backUp()
    composed.consumer.verifyNow(KEY)
    await oneRound(composed)
    expect(attempts(composed)).toEqual(['healthy'])
    world.plane.reports = [{ status: 204 }]
    world.list(world.entry({ snapshot_id: newer }))
    await oneRound(composed)
    expect(attempts(composed)).toEqual(['healthy', 'healthy'])
  })
})
