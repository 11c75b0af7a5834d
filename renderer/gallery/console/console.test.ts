import { expect, test } from 'vitest'
import { rowCount } from '../../../contract/shapes/columns.ts'
import { ALL_RUNS } from '../../../contract/shapes/run-page.ts'
import { busyWorld, NEWEST_SNAPSHOT, openConsole } from './index.ts'

const request = {
  hostId: 'db-01',
  request: {
    kind: 'new' as const,
    repositoryId: 'db-01',
    sources: [{ snapshotId: NEWEST_SNAPSHOT, selection: { include: ['/etc'], exclude: [] } }],
    target: { kind: 'staging' as const },
    layout: 'full-path' as const,
    conflicts: 'always' as const,
    deleteExtra: false,
    readBack: true,
  },
  planHash: null,
  requestKey: '7b1c1a30-54f0-4f4e-9a34-0d6f2a0a5b11',
}

test('every list of the in-memory console fits the contract', async () => {
  const client = openConsole(busyWorld())
  const { snapshots } = await client.snapshots.list({ hostId: 'db-01', repositoryId: 'db-01' })
  expect(rowCount(snapshots)).toBe(1000)
  expect(await client.hosts.list()).toHaveLength(9)
  expect((await client.runs.page({ ...ALL_RUNS, offset: 0, limit: 100 })).total).toBeGreaterThan(8)
  expect((await client.audit.recent({ hostId: null, limit: 100 })).length).toBeGreaterThan(5)
})

test('a restore that was started can be followed to its end, and stands in the audit', async () => {
  const client = openConsole(busyWorld({ pace: 1 }))
  const run = await client.restores.start(request)
  expect(await client.restores.start(request)).toEqual(expect.objectContaining({ id: run.id }))
  const states: string[] = []
  for await (const event of await client.runs.follow({ hostId: 'db-01', runId: run.id }))
    if (event.type === 'state') states.push(event.run.state)
  expect(states).toEqual(['running', 'succeeded'])
  const [row] = await client.audit.recent({ hostId: 'db-01', limit: 1 })
  expect(row).toMatchObject({ runId: run.id, outcome: 'succeeded' })
})

test('the whole of every recorded run can be read', async () => {
  const world = busyWorld()
  const client = openConsole(world)
  for (const { hostId, run, events } of world.runs.values()) {
    let read = 0
    if (events.length > 0)
      for await (const event of await client.runs.follow({ hostId, runId: run.id })) {
        read = event.sequence
        if (read === events.length) break
      }
    expect(read).toBe(events.length)
  }
})
