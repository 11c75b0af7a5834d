import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { NoticeEvent } from '../../../contract/shapes/notice.ts'
import { AgentDouble } from '../../../test/agent-double.ts'
import { type ConsoleOverDouble, consoleOverDouble } from '../../../test/console-over-double.ts'
import { newRestore } from '../../../test/restore-request.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { readLink } from './link.ts'

const SNAPSHOT = 'ab'.repeat(32)

test('a link names a run, a host, a snapshot of a host, or a replica of a plane', () => {
  expect(readLink('restore-console://host/db-01')).toEqual({ kind: 'host', hostId: 'db-01' })
  expect(readLink('restore-console://run/0f-1')).toEqual({ kind: 'run', runId: '0f-1' })
  expect(readLink(`restore-console://host/db-01/snapshot/${SNAPSHOT}`)).toEqual({
    kind: 'snapshot',
    hostId: 'db-01',
    snapshotId: SNAPSHOT,
  })
  expect(readLink('restore-console://replica/p/r')).toEqual({ kind: 'replica', planeId: 'p', replicaId: 'r' })
})

// @security The window: A link from elsewhere can only name a run, a host, a snapshot or a replica to be shown; whatever else it says is not read.
test.each([
  '',
  'https://run/1',
  'restore-console:run/1',
  'restore-console://run/',
  'restore-console://run/1/',
  'restore-console://run/1?start=1',
  'restore-console://run/1#x',
  'restore-console://run/%2e%2e',
  'restore-console://run/..',
  'restore-console://run/1\n',
  ' restore-console://run/1',
  `restore-console://run/${'a'.repeat(129)}`,
  'restore-console://host/h/snapshot/latest',
  `restore-console://host/h/snapshot/${'a'.repeat(65)}`,
  `restore-console://host/a/b/snapshot/${SNAPSHOT}`,
  'restore-console://host/h/restore',
  'restore-console://host/',
  'restore-console://replica/p',
  'RESTORE-CONSOLE://run/1',
  '--data-dir=/elsewhere',
])('%j is no link', (text) => {
  expect(readLink(text)).toBeNull()
})

async function begin(open: AsyncDisposableStack, double = new AgentDouble()): Promise<ConsoleOverDouble> {
  const { path } = open.use(temporaryDirectory())
  const world = open.use(await consoleOverDouble(double, path))
  await expect.poll(async () => (await world.client.hosts.list(undefined))[0]?.link.state).toBe('connected')
  return world
}

/** What a window that begins to watch now is told of links. */
async function listen({ client }: ConsoleOverDouble, open: AsyncDisposableStack) {
  const stop = new AbortController()
  const told: NoticeEvent[] = []
  const begun = Promise.withResolvers<void>()
  const following = (async () => {
    for await (const event of await client.notices.watch(undefined, { signal: stop.signal })) {
      begun.resolve()
      if (event.event === 'linked') told.push(event)
    }
  })().catch(() => undefined)
  open.defer(async () => {
    stop.abort()
    await following
  })
  await begun.promise
  return told
}

test('a run or a host that is known is shown in the workspace that it is in, and one that is not is said to be unknown', async () => {
  await using open = new AsyncDisposableStack()
  const world = await begin(open)
  const { client, hostId, services } = world
  const request = newRestore('b'.repeat(64))
  const { id: runId } = await client.restores.start({ hostId, requestKey: randomUUID(), request, planHash: null })
  const { workspace } = await client.system.info(undefined)
  const told = await listen(world, open)
  const { signal } = new AbortController()
  expect(await services.links.open(`restore-console://run/${runId}`, signal)).toBe(true)
  expect(await services.links.open(`restore-console://host/${hostId}`, signal)).toBe(true)
  expect(await services.links.open('restore-console://host/nowhere', signal)).toBe(true)
  expect(await services.links.open('restore-console://run/nobody', signal)).toBe(true)
  expect(await services.links.open('restore-console://other/x', signal)).toBe(false)
  const found = { workspaceId: workspace.id, place: { kind: 'run', hostId, runId } }
  await expect
    .poll(() => told)
    .toEqual([
      { event: 'linked', what: 'run', found },
      { event: 'linked', what: 'host', found: { workspaceId: workspace.id, place: { kind: 'host', hostId } } },
      { event: 'linked', what: 'host', found: null },
      { event: 'linked', what: 'run', found: null },
    ])
})

test('a link that opened the console waits for its window', async () => {
  await using open = new AsyncDisposableStack()
  const world = await begin(open)
  await world.services.links.open('restore-console://replica/no-plane/r', new AbortController().signal)
  await expect
    .poll(await listen(world, open).then((told) => () => told))
    .toEqual([{ event: 'linked', what: 'replica', found: null }])
  expect(await listen(world, open)).toEqual([])
})

test('a snapshot is looked for in the repositories of its host, also by the short id that restic prints', async () => {
  await using open = new AsyncDisposableStack()
  const double = new AgentDouble()
  const snapshotId = 'ab12cd34'.repeat(8)
  double.contents.addSnapshot(snapshotId, 'c'.repeat(64))
  const { id: repositoryId } = double.addRepository('main')
  const world = await begin(open, double)
  const { hostId, services } = world
  await expect.poll(() => services.hosts.get(hostId).repositories).toHaveLength(1)
  const told = await listen(world, open)
  const { signal } = new AbortController()
  for (const id of [snapshotId, snapshotId.slice(0, 8), 'f'.repeat(64)]) {
    await services.links.open(`restore-console://host/${hostId}/snapshot/${id}`, signal)
  }
  const place = { kind: 'snapshot', hostId, repositoryId, snapshotId }
  await expect.poll(() => told).toMatchObject([{ found: { place } }, { found: { place } }, { found: null }])
})
