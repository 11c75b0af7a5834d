import { expect, test } from 'vitest'
import type { AgentClient } from '../../../contract/agent/index.ts'
import { toColumns } from '../../../contract/shapes/columns.ts'
import type { Snapshot, SnapshotColumns } from '../../../contract/shapes/snapshot.ts'
import type { Clock } from '../clock.ts'
import { SnapshotsService } from './index.ts'

const FIELDS = ['id', 'time', 'hostname', 'username', 'paths', 'tags', 'treeId', 'files', 'bytes'] as const
const NONE: SnapshotColumns = toColumns<Snapshot, keyof Snapshot>([], FIELDS)
const SINCE = '2026-11-21T02:00:00.000Z'
const place = { hostId: 'h', repositoryId: 'r' }
const { signal } = new AbortController()

/** A host that answers when it is told to, and time that passes when it is told to. */
function world(isKept: boolean) {
  const pauses: (() => void)[] = []
  const answers: ((snapshots: SnapshotColumns) => void)[] = []
  const kept: unknown[] = []
  const clock: Clock = {
    now: () => new Date(),
    pause: (_, ended) =>
      new Promise((resolve, reject) => {
        pauses.push(resolve)
        ended.addEventListener('abort', () => reject(ended.reason), { once: true })
      }),
  }
  // Nothing else of an agent is asked here.
  const agent = {
    snapshot: { list: () => new Promise((resolve) => answers.push(resolve)) },
  } as unknown as AgentClient
  const service = new SnapshotsService({
    clock,
    hosts: { ask: (_, question) => question(agent) },
    kept: {
      keep: (_, value) => kept.push(value),
      read: async (_, schema) => (isKept ? { value: schema.parse(NONE), since: SINCE } : null),
    },
  })
  return { service, pauses, answers, kept }
}

test('a server that does not answer for a while is stood in for; its late answer is kept', async () => {
  const { service, pauses, answers, kept } = world(true)
  const asked = service.list(place, signal)
  pauses[0]?.()
  expect(await asked).toEqual({ snapshots: NONE, keptSince: SINCE })
  const again = service.list(place, signal)
  expect(answers).toHaveLength(1)
  answers[0]?.(NONE)
  expect(await again).toEqual({ snapshots: NONE, keptSince: null })
  expect(kept).toEqual([NONE])
  void service.list(place, signal)
  expect(answers).toHaveLength(2)
})

test('where nothing is kept, an answer is waited for as long as its asker likes', async () => {
  const { service, pauses, answers } = world(false)
  const patient = service.list(place, signal)
  const stop = new AbortController()
  const impatient = service.list(place, stop.signal)
  for (const pass of pauses) pass()
  stop.abort(new Error('left'))
  await expect(impatient).rejects.toThrow('left')
  answers[0]?.(NONE)
  expect(await patient).toEqual({ snapshots: NONE, keptSince: null })
})
