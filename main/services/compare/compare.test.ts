import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { consoleContract } from '../../../contract/console/index.ts'
import { Fault } from '../../../contract/errors.ts'
import { connect } from '../../../contract/wire/client.ts'
import { AgentDouble } from '../../../test/agent-double.ts'
import { type ConsoleOverDouble, consoleOverDouble } from '../../../test/console-over-double.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'

const PAIR = { repositoryId: 'r', before: 'a'.repeat(64), after: 'b'.repeat(64) }
const FILE = { repositoryId: 'r', snapshotId: 'c'.repeat(64), path: '/etc/caf\udce9', limit: 4096, compare: true }

let open: AsyncDisposableStack
let double: AgentDouble
let world: ConsoleOverDouble

beforeEach(async () => {
  open = new AsyncDisposableStack()
  double = new AgentDouble()
  world = open.use(await consoleOverDouble(double, open.use(temporaryDirectory()).path))
})
afterEach(() => open.disposeAsync())

const recent = () => world.client.audit.recent({ hostId: world.hostId, limit: 10 })

test('a comparison that its reader leaves is stopped on the host', async () => {
  const { client, hostId } = world
  let isRunning = false
  double.contents.rollUps = async function* (signal) {
    isRunning = true
    try {
      for (let directories = 0; ; directories += 1) {
        yield { kind: 'looked', directories, at: '/' }
        signal.throwIfAborted()
      }
    } finally {
      isRunning = false
    }
  }
  const stop = new AbortController()
  const events = await client.compare.rollUps({ hostId, ...PAIR, skip: 0 }, { signal: stop.signal })
  expect((await events.next()).value).toMatchObject({ kind: 'looked' })
  expect(isRunning).toBe(true)
  stop.abort()
  await expect.poll(() => isRunning).toBe(false)
})

test('the audit has a look into a file of the host now before the host is asked, and then how much was shown', async () => {
  const { client, hostId } = world
  const seen: unknown[] = []
  double.contents.preview = async () => {
    seen.push(...(await recent()))
    return 'root:x:0:0'
  }
  const { bytes } = await client.compare.liveContents({ hostId, ...FILE })
  expect(Buffer.from(bytes, 'base64').toString()).toBe('root:x:0:0')
  const entry = {
    action: 'file.preview',
    hostId,
    snapshotId: FILE.snapshotId,
    summary: '/etc/caf\\xe9, on the host now',
  }
  expect(seen).toMatchObject([{ ...entry, outcome: 'pending', bytes: null }])
  expect(await recent()).toMatchObject([{ ...entry, outcome: 'done', bytes: 10 }])
})

test('without the permission the host is not asked what is in a file, whatever the role', async () => {
  const { hostId, serveAs } = world
  const client = connect(consoleContract, serveAs('admin', []))
  await expect(client.compare.liveContents({ hostId, ...FILE })).rejects.toMatchObject({
    data: { needs: 'read-contents' },
  })
  expect(double.calls).not.toContain('compare.liveContents')
})

test('a comparison by restic that the host refuses is recorded as refused', async () => {
  const { client, hostId } = world
  double.refusals.set('compare.start', new Fault('host_busy', { runId: '7', kind: 'backup', startedAt: NOW }))
  const wanted = { hostId, ...PAIR, metadata: false, requestKey: randomUUID() }
  await expect(client.compare.start(wanted)).rejects.toMatchObject({ code: 'host_busy' })
  const { before: snapshotId, requestKey } = wanted
  expect(await recent()).toMatchObject([{ action: 'host.diff', outcome: 'refused', snapshotId, requestKey }])
})

const NOW = '2026-11-21T02:00:00.000Z'
