import { expect, test } from 'vitest'
import { runAt } from '../../../test/many-runs.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { FIRST_WORKSPACE, openConsoleStore } from '../../store/index.ts'
import { changeOf, RunMirror } from './run-mirror.ts'

const NOW = new Date('2026-11-27T09:00:00.000Z')

test('whoever was told that a run is unknown is told of it by itself when it is caught up with, and of no older one', async () => {
  await using directory = temporaryDirectory()
  using store = openConsoleStore(directory.path, NOW)
  store.hosts.put({
    id: 'h',
    name: 'here',
    door: { kind: 'local' },
    labels: [],
    pinned: false,
    workspaceId: FIRST_WORKSPACE,
    workspace: null,
    agentId: null,
    addedAt: NOW.toISOString(),
    lastSeenAt: null,
  })
  const mirror = new RunMirror(store.runs)
  const { run } = runAt(1, ['h'])
  mirror.put('h', { ...run, state: 'running', endedAt: null })
  expect(mirror.active('h', false)).toMatchObject({ id: run.id, state: 'unknown' })
  using changes = mirror.subscribe()
  const older = runAt(2, ['h']).run
  mirror.catchUp('h', [{ ...run, state: 'interrupted', endedAt: NOW.toISOString() }, older], 2)
  const told = (await changes.next(new AbortController().signal)).map(changeOf)
  expect(told).toEqual([
    { hostId: 'h', runId: run.id },
    { hostId: 'h', runId: null },
  ])
  expect(mirror.get('h', run.id, true)).toMatchObject({ state: 'interrupted' })
})
