import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Fault } from '../../contract/errors.ts'
import { isEnded, type Run, type RunSubject, runStateSchema } from '../../contract/shapes/run.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { orderFor, RESTORE_SUBJECT, type RunsWorld, runInJournal, runsWorld, SUCCEEDED } from '../testing/runs-world.ts'
import type { RunOrder } from './runs.ts'

const STATES = runStateSchema.options.filter((state) => state !== 'unknown')
const SNAPSHOT = 'b'.repeat(64)
const backupOf = (paths: readonly string[], snapshotId: string | null = null): RunSubject => ({
  kind: 'backup',
  paths: [...paths],
  exclude: ['*.tmp'],
  snapshotId,
})
const restoreTo = (targetPath: string): RunSubject => ({ ...RESTORE_SUBJECT, targetPath })

interface Kind {
  readonly kind: string
  /** The run that is there, as it stands in its record while it goes on. */
  readonly there: RunSubject
  readonly same: RunSubject
  readonly other: RunSubject
  /** Whether the same by another key is given the run that is going. */
  readonly isJoined: boolean
  readonly otherRepository?: string
}

const KINDS: readonly Kind[] = [
  {
    kind: 'init',
    there: { kind: 'init', sample: false },
    same: { kind: 'init', sample: false },
    other: { kind: 'init', sample: true },
    isJoined: true,
  },
  {
    kind: 'init of the sample',
    there: { kind: 'init', sample: true },
    same: { kind: 'init', sample: true },
    other: { kind: 'init', sample: false },
    isJoined: true,
  },
  {
    kind: 'backup',
    there: backupOf(['/etc', '/srv'], SNAPSHOT),
    same: backupOf(['/etc', '/srv']),
    other: backupOf(['/etc']),
    isJoined: true,
  },
  { kind: 'restore', there: RESTORE_SUBJECT, same: RESTORE_SUBJECT, other: restoreTo('/x'), isJoined: false },
]

/** What is asked for once more, beside a run of each state. */
const STARTS = [
  'the same key',
  'another key, the same',
  'another key, another',
  'another key, another repository',
] as const
type Start = (typeof STARTS)[number]

const TABLE = KINDS.flatMap((kind) => STATES.flatMap((state) => STARTS.map((start) => ({ ...kind, state, start }))))

function expected({ state, start, isJoined, kind }: (typeof TABLE)[number]): 'reuse' | 'host_busy' | 'new' {
  if (start === 'the same key') return 'reuse'
  if (isEnded(state)) return 'new'
  // The sample is the host's, whatever repository it will be.
  const isSame =
    start === 'another key, the same' || (kind === 'init of the sample' && start === 'another key, another repository')
  return isSame && isJoined ? 'reuse' : 'host_busy'
}

function orderOf(there: Run, start: Start, { same, other }: Kind): RunOrder {
  const isOther = start === 'another key, another'
  return orderFor(async () => SUCCEEDED, {
    requestKey: start === 'the same key' ? there.requestKey : randomUUID(),
    repositoryId: start === 'another key, another repository' ? 'repository-2' : there.repositoryId,
    subject: isOther ? other : same,
  })
}

function answer(world: RunsWorld, order: RunOrder): { readonly run: Run } | { readonly busy: unknown } {
  try {
    return { run: world.runs.start(order) }
  } catch (error) {
    if (error instanceof Fault && error.code === 'host_busy') return { busy: error.data }
    throw error
  }
}

// @security Restores: The same request key gives the same run, however often and in whichever state it comes again.
test.each(TABLE)('$kind, $state: $start', async (row) => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const there = runInJournal({ state: row.state, subject: row.there })
  world.journal.runs.insert(there)
  const order = orderOf(there, row.start, row)
  const wish = expected(row)
  const found = answer(world, order)
  if (wish === 'host_busy') {
    expect(found).toEqual({ busy: { runId: there.id, kind: row.there.kind, startedAt: there.queuedAt } })
    expect(world.runs.startedWith(order.requestKey)).toBeUndefined()
    return
  }
  const isNew = wish === 'new'
  expect(found).toMatchObject({ run: { id: isNew ? order.id : there.id } })
  // However often it is asked from then on, and whatever has become of the run, it is that one.
  if (isNew) await expect.poll(() => world.runs.get(order.id).state).toBe('succeeded')
  else world.journal.runs.update({ ...there, state: 'succeeded', endedAt: there.queuedAt })
  expect(answer(world, { ...order, id: 'another' })).toMatchObject({ run: { id: isNew ? order.id : there.id } })
  expect(world.runs.startedWith(order.requestKey)?.id).toBe(isNew ? order.id : there.id)
  expect(world.journal.runSummaries.newest(9)).toHaveLength(isNew ? 2 : 1)
  // Each dispatch is in the audit once, also the one that was given a run that was going.
  const written = world.audit.list(9).entries.filter(({ requestKey }) => requestKey === order.requestKey)
  expect(written).toHaveLength(row.start === 'the same key' ? 0 : 1)
  if (!isNew && row.start !== 'the same key') {
    expect(written).toMatchObject([{ runId: there.id, outcome: 'done', summary: expect.stringContaining(there.id) }])
  }
})

test('there is a case for every state and every kind of start', () => {
  expect(TABLE).toHaveLength(4 * 7 * 4)
})

test('a key that comes again while its start is prepared waits for the same answer, and nothing is prepared twice', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const requestKey = randomUUID()
  let prepared = 0
  const prepare = async (): Promise<Run> => {
    prepared += 1
    await pause(30)
    return world.runs.start(orderFor(async () => SUCCEEDED, { requestKey }))
  }
  const runs = await Promise.all(Array.from({ length: 20 }, () => world.runs.once(requestKey, prepare)))
  expect(new Set(runs.map(({ id }) => id)).size).toBe(1)
  expect(prepared).toBe(1)
  expect(await world.runs.once(requestKey, prepare)).toMatchObject({ id: runs[0]?.id })
  expect(prepared).toBe(1)
})

test('a refusal is given to all who asked with its key, and the next who asks is heard anew', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const requestKey = randomUUID()
  let prepared = 0
  const refuse = async (): Promise<Run> => {
    prepared += 1
    await pause(20)
    throw new Fault('no_space', { needed: 2, free: 1 })
  }
  const answers = await Promise.allSettled([1, 2, 3].map(() => world.runs.once(requestKey, refuse)))
  for (const one of answers) expect(one).toMatchObject({ status: 'rejected', reason: { code: 'no_space' } })
  expect(prepared).toBe(1)
  const order = orderFor(async () => SUCCEEDED, { requestKey })
  expect(await world.runs.once(requestKey, async () => world.runs.start(order))).toMatchObject({ id: order.id })
})

test('when the first to ask leaves before there is an answer, the next goes on by himself', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const requestKey = randomUUID()
  const order = orderFor(async () => SUCCEEDED, { requestKey })
  const left = new AbortController()
  const first = world.runs.once(requestKey, async () => {
    await pause(60_000, undefined, { signal: left.signal })
    return world.runs.start(order)
  })
  const second = world.runs.once(requestKey, async () => world.runs.start(order))
  left.abort()
  await expect(first).rejects.toThrow('abort')
  expect(await second).toMatchObject({ id: order.id })
})
