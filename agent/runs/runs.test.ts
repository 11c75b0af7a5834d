import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Fault } from '../../contract/errors.ts'
import type { PlanAction } from '../../contract/shapes/restore.ts'
import { isEnded, NO_COUNTS, type Run, runStateSchema } from '../../contract/shapes/run.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import type { PlannedItem } from '../journal/ledger-store.ts'
import {
  heldRun,
  orderFor,
  RESTORE_SUBJECT,
  type RunsWorld,
  runInJournal,
  runsWorld,
  SUCCEEDED,
} from '../testing/runs-world.ts'

const STATES = runStateSchema.options.filter((state) => state !== 'unknown')

async function ended(world: RunsWorld, runId: string): Promise<Run> {
  await expect.poll(() => isEnded(world.runs.get(runId).state), { timeout: 5000 }).toBe(true)
  return world.runs.get(runId)
}

function planOf(...actions: readonly PlanAction[]): PlannedItem[] {
  return actions.map((action, at) => ({ path: `/${at}`, type: 'file', action, size: 1, reason: '', comesAs: null }))
}

function cancel(world: RunsWorld, runId: string): Promise<Run> {
  return world.runs.cancel({ runId, when: 'now' })
}

/** Puts a finished or stuck run of any state into the journal, as an earlier life would have left it. */
function leave(world: RunsWorld, state: Run['state'], requestKey: string): Run {
  const run = runInJournal({ state, requestKey })
  world.journal.runs.insert(run)
  return run
}

test('a run is in the journal as queued before it does anything, and ends as its code says', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const seen: string[] = []
  const order = orderFor(async () => {
    seen.push(world.runs.get(order.id).state)
    return { ...SUCCEEDED, remark: 'All is well.' }
  })
  expect(world.runs.start(order)).toMatchObject({ state: 'queued', startedBy: 'ada@desk' })
  expect(seen).toEqual([])
  expect(await ended(world, order.id)).toMatchObject({ state: 'succeeded', remark: 'All is well.' })
  expect(seen).toEqual(['running'])
})

test.each(STATES)('a second run is refused beside one that is %s only while that one holds the host', async (state) => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const first = leave(world, state, randomUUID())
  const start = (): Run => world.runs.start(orderFor(async () => SUCCEEDED, { repositoryId: 'another' }))
  if (isEnded(state)) expect(start().state).toBe('queued')
  else {
    expect(start).toThrow(
      expect.objectContaining({
        code: 'host_busy',
        data: { runId: first.id, kind: 'init', startedAt: first.queuedAt },
      }),
    )
    expect(world.audit.list(9).entries).toEqual([])
  }
})

test.each(STATES)('the same request key gives the same run when it is %s, and starts nothing', async (state) => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const requestKey = randomUUID()
  const first = leave(world, state, requestKey)
  let started = 0
  const body = async () => {
    started += 1
    return SUCCEEDED
  }
  expect(world.runs.start(orderFor(body, { requestKey }))).toEqual(first)
  await pause(20)
  expect(started).toBe(0)
  expect(world.runs.newest(9)).toHaveLength(1)
})

test('of many starts at once, one gets the host', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const held = Array.from({ length: 20 }, (_, at) => heldRun({ repositoryId: `repository-${at}` }))
  const results = await Promise.allSettled(held.map(async ({ order }) => world.runs.start(order)))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  held[0]?.finish()
  await ended(world, held[0]?.order.id ?? '')
})

test('cancelling ends the run, says what is left, frees the host, and answers when it has ended', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const held = heldRun()
  world.runs.start(held.order)
  await held.begun
  const answers = await Promise.all([cancel(world, held.order.id), cancel(world, held.order.id)])
  expect(answers.map(({ state }) => state)).toEqual(['cancelled', 'cancelled'])
  expect(answers[0]).toMatchObject({ remark: 'Half is there.', fault: null })
  expect(world.runs.start(orderFor(async () => SUCCEEDED)).state).toBe('queued')
})

test('a run that is cancelled before it began never begins', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  let began = false
  const order = orderFor(async () => {
    began = true
    return SUCCEEDED
  })
  world.runs.start(order)
  expect(await cancel(world, order.id)).toMatchObject({ state: 'cancelled', startedAt: null })
  expect(began).toBe(false)
})

test.each(STATES.filter(isEnded))('cancelling a run that is %s answers at once and changes nothing', async (state) => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const run = leave(world, state, randomUUID())
  expect(await cancel(world, run.id)).toEqual(run)
})

test('a run that had finished when the cancel came keeps its own end', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const begun = Promise.withResolvers<void>()
  const order = orderFor(async (_, signal) => {
    begun.resolve()
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    return SUCCEEDED
  })
  world.runs.start(order)
  await begun.promise
  expect((await cancel(world, order.id)).state).toBe('succeeded')
})

test('a run that is not there cannot be cancelled', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  await expect(cancel(world, 'none')).rejects.toMatchObject({
    code: 'not_found',
    data: { what: 'run', id: 'none' },
  })
})

test('a fault ends the run as failed with it; a bug as internal with a reference that is in the log', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const faulty = orderFor(async () => {
    throw new Fault('no_space', { needed: 5, free: 1 })
  })
  world.runs.start(faulty)
  expect(await ended(world, faulty.id)).toMatchObject({
    state: 'failed',
    fault: { code: 'no_space', data: { needed: 5, free: 1 } },
  })
  const buggy = orderFor(async () => {
    throw new TypeError('undefined is not a function')
  })
  world.runs.start(buggy)
  const { fault } = await ended(world, buggy.id)
  expect(fault?.code).toBe('internal')
  const reference = fault?.code === 'internal' ? fault.data.reference : 'none'
  expect(world.log.find((line) => line.includes(reference))).toContain('undefined is not a function')
})

test('the audit has the run before it runs, and its outcome with the end', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const held = heldRun({ subject: { ...RESTORE_SUBJECT, planHash: 'f00d' }, restic: '0.19.1' })
  world.runs.start(held.order)
  expect(world.audit.list(9).entries).toMatchObject([{ outcome: 'pending', runId: held.order.id, planHash: null }])
  const record = await held.begun
  await record.plan(planOf('create', 'unchanged'))
  const evidence = { by: 'restic', equal: 1, equalBytes: 4, different: 0, unread: 0, at: '2026-11-21T04:00:00.000Z' }
  record.learned({ evidence, safetySnapshot: 'b'.repeat(64) })
  record.progress({ phase: 'restoring', filesDone: 1, bytesDone: 4, currentItem: '/a' })
  held.finish({ ...SUCCEEDED, state: 'partial', settlement: { exceptions: [], others: [] } })
  const { counts } = await ended(world, held.order.id)
  const proof = { counts, evidence, safetySnapshot: 'b'.repeat(64), restic: '0.19.1', agent: '0.0.0-test' }
  expect(world.audit.list(9).entries).toMatchObject([
    { outcome: 'partial', planHash: 'f00d', files: 1, bytes: 4, requestKey: held.order.requestKey, proof },
  ])
})

test('a shutdown ends the run under way as interrupted, and starts no other', async () => {
  await using directory = temporaryDirectory()
  const held = heldRun()
  {
    await using world = runsWorld(directory.path)
    world.runs.start(held.order)
    await held.begun
    await world.runs[Symbol.asyncDispose]()
    expect(() => world.runs.start(heldRun().order)).toThrow(expect.objectContaining({ code: 'unreachable' }))
  }
  await using later = runsWorld(directory.path)
  expect(later.runs.get(held.order.id)).toMatchObject({
    state: 'interrupted',
    remark: 'The agent was stopped while this ran. Half is there.',
  })
  expect(later.audit.list(9)).toMatchObject({ entries: [{ outcome: 'interrupted' }], chainIntact: true })
})

test('the ledger is there when the run has ended, failures first, with what was not planned', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const held = heldRun({ subject: RESTORE_SUBJECT })
  world.runs.start(held.order)
  const record = await held.begun
  await record.plan(planOf('create', 'update', 'delete', 'skip'))
  const page = (action: 'failed' | null) =>
    world.runs.ledger({ runId: held.order.id, action, text: '', offset: 0, limit: 10 })
  expect(await page(null)).toMatchObject({ total: 0 })

  const exceptions = [{ at: 1, action: 'failed' as const, reason: 'damaged' }]
  const others = [{ path: '/caf\udce9', reason: 'no such file' }]
  held.finish({ ...SUCCEEDED, state: 'partial', settlement: { exceptions, others } })
  expect((await ended(world, held.order.id)).counts).toEqual({
    ...NO_COUNTS,
    restored: 1,
    deleted: 1,
    skipped: 1,
    failed: 2,
  })
  expect(await page(null)).toEqual({
    offset: 0,
    total: 5,
    items: {
      path: ['/1', '/caf\udce9', '/0', '/2', '/3'],
      type: ['file', null, 'file', 'file', 'file'],
      action: ['failed', 'failed', 'restored', 'deleted', 'skipped'],
      size: [1, null, 1, 1, 1],
      reason: ['damaged', 'no such file', '', '', ''],
    },
  })
  expect((await page('failed')).total).toBe(2)
})

test('a run that is not settled has done nothing of what it planned', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const held = heldRun({ subject: RESTORE_SUBJECT })
  world.runs.start(held.order)
  await (await held.begun).plan(planOf('create', 'unchanged', 'update'))
  expect(await cancel(world, held.order.id)).toMatchObject({ counts: { ...NO_COUNTS, unchanged: 1, skipped: 2 } })
  const page = await world.runs.ledger({ runId: held.order.id, action: 'skipped', text: '', offset: 0, limit: 10 })
  expect(page.items.reason[0]).toContain('stopped')
})

test('a run that is to end after a part is told so, and ends as its code says; it may still be ended at once', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const begun = Promise.withResolvers<void>()
  const order = orderFor(async (_, now, { between }) => {
    begun.resolve()
    await new Promise((resolve) => between.addEventListener('abort', resolve))
    await new Promise((resolve) => now.addEventListener('abort', resolve))
    return { ...SUCCEEDED, state: 'cancelled', remark: 'One part is there.' }
  })
  world.runs.start(order)
  await begun.promise
  expect(await world.runs.cancel({ runId: order.id, when: 'between' })).toMatchObject({ state: 'running' })
  expect(await cancel(world, order.id)).toMatchObject({ state: 'cancelled', remark: 'One part is there.' })
})

test('a journal that cannot be written stops the run and does not hold the host for good', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const held = heldRun()
  world.runs.start(held.order)
  const record = await held.begun
  const { append } = world.journal.events
  let broken = true
  world.journal.events.append = function (...args) {
    if (broken) throw new Error('disk full')
    return append.apply(this, args)
  }
  record.log('info', 'a line')
  await expect.poll(() => world.log.filter((line) => line.includes('disk full')).length).toBeGreaterThan(1)
  broken = false
  expect(await ended(world, held.order.id)).toMatchObject({ state: 'failed' })
  expect(world.runs.start(orderFor(async () => SUCCEEDED)).state).toBe('queued')
})
