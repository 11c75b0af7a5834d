import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Fault } from '../../../contract/errors.ts'
import { NO_COUNTS, type Run } from '../../../contract/shapes/run.ts'
import { summariseRun } from '../../../contract/shapes/run-summary.ts'
import { ConnectionLost } from '../../../contract/wire/port.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { type ConsoleStore, openConsoleStore, FIRST_WORKSPACE } from '../../store/index.ts'
import { AuditService, type StartDispatch } from './index.ts'

const NOW = '2026-11-21T03:00:00.000Z'
const clock = { now: () => new Date(NOW), pause: (milliseconds: number) => pause(milliseconds) }

let open: AsyncDisposableStack
let store: ConsoleStore
let audit: AuditService

beforeEach(() => {
  open = new AsyncDisposableStack()
  store = open.use(openConsoleStore(open.use(temporaryDirectory()).path, new Date(NOW)))
  audit = new AuditService({
    store: store.audit,
    clock,
    actor: 'someone@here',
    identity: () => null,
    workspaceOf: () => null,
  })
})
afterEach(() => open.disposeAsync())

function dispatchOf(requestKey: string): StartDispatch {
  return { action: 'host.sample', origin: 'a test', hostId: 'h', summary: 'a sample', requestKey }
}

function runOf(requestKey: string, change: Partial<Run> = {}): Run {
  return {
    id: 'run-1',
    state: 'queued',
    requestKey,
    repositoryId: 'r',
    subject: { kind: 'init', sample: true },
    startedBy: 'someone@here',
    queuedAt: NOW,
    startedAt: null,
    endedAt: null,
    progress: null,
    counts: NO_COUNTS,
    fault: null,
    remark: '',
    ...change,
  }
}

const recent = () => audit.recent({ workspaceId: FIRST_WORKSPACE, hostId: null, limit: 10 })

test('news of the end that comes before the answer to the start is not undone by it', async () => {
  const key = randomUUID()
  await audit.start(dispatchOf(key), async () => {
    audit.note('h', summariseRun(runOf(key, { state: 'failed', endedAt: NOW })))
    return runOf(key)
  })
  expect(recent()).toMatchObject([{ outcome: 'failed', runId: 'run-1', endedAt: NOW }])
})

test('what ends in an unforeseen way is unknown, until the host says what became of it', async () => {
  const key = randomUUID()
  const bug = (): Promise<Run> => Promise.reject(new Fault('internal', { reference: 'x' }))
  await expect(audit.start(dispatchOf(key), bug)).rejects.toThrow('internal')
  expect(recent()).toMatchObject([{ outcome: 'unknown' }])
  audit.note('h', summariseRun(runOf(key, { state: 'succeeded', endedAt: NOW })))
  expect(recent()).toMatchObject([{ outcome: 'succeeded' }])
})

test('settling leaves alone what is being dispatched at this moment', async () => {
  const key = randomUUID()
  await audit.start(dispatchOf(key), async () => {
    await audit.settle('h', async () => null)
    return runOf(key)
  })
  expect(recent()).toMatchObject([{ outcome: 'pending', runId: 'run-1' }])
})

test('what cannot be asked for again is unknown once its connection was lost', async () => {
  const lost = new Fault('unreachable', { host: 'h', reason: 'gone' }, { cause: new ConnectionLost('gone') })
  const dispatch = { action: 'repository.add', origin: 'a test', hostId: 'h', summary: 'data' } as const
  await expect(audit.perform(dispatch, () => Promise.reject(lost))).rejects.toThrow('unreachable')
  expect(recent()).toMatchObject([{ outcome: 'pending' }])
  await audit.settle('h', async () => null)
  expect(recent()).toMatchObject([{ outcome: 'unknown' }])
})

test('a start that was given up for lost is that of the run, when the run turns up after all', async () => {
  const key = randomUUID()
  const lost = new Fault('unreachable', { host: 'h', reason: 'gone' }, { cause: new ConnectionLost('gone') })
  await expect(audit.start(dispatchOf(key), () => Promise.reject(lost))).rejects.toThrow('unreachable')
  await audit.settle('h', async () => null)
  expect(recent()).toMatchObject([{ outcome: 'refused', summary: 'a sample (it never reached the host)' }])
  // Its own lost connection had lingered at the host, which went on with it.
  audit.note('h', summariseRun(runOf(key, { state: 'running' })))
  expect(recent()).toMatchObject([{ outcome: 'pending', runId: 'run-1', endedAt: null, summary: 'a sample' }])
  audit.note('h', summariseRun(runOf(key, { state: 'succeeded', endedAt: NOW })))
  expect(recent()).toMatchObject([{ outcome: 'succeeded', runId: 'run-1' }])
})

test('a start that was given a run of another key ends with that run', async () => {
  const key = randomUUID()
  await audit.start(dispatchOf(key), async () => runOf(randomUUID(), { state: 'running' }))
  expect(recent()).toMatchObject([{ outcome: 'pending', runId: 'run-1', requestKey: key }])
  audit.note('h', summariseRun(runOf(randomUUID(), { state: 'partial', endedAt: NOW })))
  expect(recent()).toMatchObject([{ outcome: 'partial', requestKey: key }])
})

test('what could not be sent was not carried out, and may be asked again with the same key', async () => {
  const key = randomUUID()
  const away = new Fault('unreachable', { host: 'h', reason: 'asleep' })
  await expect(audit.start(dispatchOf(key), () => Promise.reject(away))).rejects.toThrow('unreachable')
  expect(recent()).toMatchObject([{ outcome: 'refused', summary: 'a sample (unreachable)' }])
  await audit.start(dispatchOf(key), async () => runOf(key))
  expect(recent()).toMatchObject([{ outcome: 'pending' }, { outcome: 'refused' }])
})
