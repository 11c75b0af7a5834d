import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { RunEvent } from '../../contract/shapes/run.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { heldRun, orderFor, type RunsWorld, runsWorld, SUCCEEDED } from '../testing/runs-world.ts'

async function followAll(world: RunsWorld, runId: string, after = 0): Promise<RunEvent[]> {
  const events: RunEvent[] = []
  for await (const event of world.runs.follow({ runId, after, signal: AbortSignal.timeout(20_000) })) events.push(event)
  return events
}

/** A generator of numbers below one that gives the same ones for the same seed. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

test('a late reader sees the same as one who watched, and both end with the run', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const held = heldRun()
  world.runs.start(held.order)
  const early = followAll(world, held.order.id)
  const record = await held.begun
  for (let line = 0; line < 50; line += 1) {
    record.log('info', `line ${line}`)
    await pause(5)
  }
  held.finish()
  const watched = await early
  expect(watched.map(({ sequence }) => sequence)).toEqual(watched.map((_, at) => at + 1))
  expect(watched.at(0)).toMatchObject({ type: 'state', run: { state: 'queued' } })
  expect(watched.at(-1)).toMatchObject({ type: 'state', run: { state: 'succeeded' } })
  expect(watched.filter(({ type }) => type === 'log')).toHaveLength(50)
  expect(await followAll(world, held.order.id)).toEqual(watched)
})

test.each([1, 2, 3, 4, 5])('readers that come and go at random have no gap and no repeat (seed %i)', async (seed) => {
  const chance = random(seed)
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const held = heldRun()
  world.runs.start(held.order)
  const record = await held.begun

  const reader = async (): Promise<number[]> => {
    const seen: number[] = []
    let over = false
    while (!over) {
      const leave = new AbortController()
      const stay = Math.ceil(chance() * 40)
      let taken = 0
      const events = world.runs.follow({ runId: held.order.id, after: seen.at(-1) ?? 0, signal: leave.signal })
      try {
        for await (const event of events) {
          seen.push(event.sequence)
          taken += 1
          over = event.type === 'state' && event.run.state === 'succeeded'
          if (chance() < 0.2) await pause(chance() * 20)
          if (taken === stay && chance() < 0.5) break
          if (taken === stay) setTimeout(() => leave.abort(new Error('left')), chance() * 30)
        }
      } catch (error) {
        expect(error).toEqual(new Error('left'))
      }
      await pause(chance() * 30)
    }
    return seen
  }
  const readers = Array.from({ length: 8 }, async () => {
    await pause(chance() * 200)
    return reader()
  })
  for (let line = 0; line < 600; line += 1) {
    record.log('info', `line ${line}`)
    if (chance() < 0.1) record.progress({ phase: 'restoring', filesDone: line, bytesDone: line, currentItem: null })
    if (chance() < 0.1) await pause(chance() * 30)
  }
  held.finish()

  const all = await followAll(world, held.order.id)
  const numbers = all.map((_, at) => at + 1)
  expect(all.map(({ sequence }) => sequence)).toEqual(numbers)
  for (const seen of await Promise.all(readers)) expect(seen).toEqual(numbers)
})

test('of old progress the last 120 samples are replayed, and every line', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const order = orderFor(async () => SUCCEEDED)
  world.runs.start(order)
  await expect.poll(() => world.runs.get(order.id).state).toBe('succeeded')
  const last = world.journal.events.lastSequence(order.id)
  const progress = {
    phase: 'restoring' as const,
    filesDone: 1,
    filesTotal: null,
    bytesDone: 1,
    bytesTotal: null,
    rate: null,
    secondsLeft: null,
    currentItem: null,
    part: null,
  }
  const { counts } = world.runs.get(order.id)
  const at = '2026-11-21T04:00:00.000Z'
  for (let one = 0; one < 300; one += 1) {
    const sequence = last + 2 * one + 1
    world.journal.events.append(order.id, { type: 'progress', sequence, at, progress, counts })
    world.journal.events.append(order.id, { type: 'log', sequence: sequence + 1, at, level: 'info', text: `${one}` })
  }
  const events = await followAll(world, order.id)
  expect(events.filter(({ type }) => type === 'log')).toHaveLength(300)
  const samples = events.filter(({ type }) => type === 'progress')
  expect(samples).toHaveLength(120)
  expect(samples.at(-1)?.sequence).toBe(last + 599)
})

test('a run that is not there cannot be followed', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  await expect(followAll(world, 'none')).rejects.toMatchObject({ code: 'not_found' })
})

test('lines beyond their length or number are cut, and that is said', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const order = orderFor(async (record) => {
    record.log('info', 'x'.repeat(20_000))
    for (let line = 0; line < 25_000; line += 1) record.log('error', 'again')
    return SUCCEEDED
  })
  world.runs.start(order)
  const lines = (await followAll(world, order.id)).flatMap((event) => (event.type === 'log' ? event : []))
  expect(lines[0]?.text).toHaveLength(8192)
  expect(lines).toHaveLength(20_000)
  expect(lines.at(-1)).toMatchObject({ level: 'warning', text: 'No more than 20000 lines are kept.' })
})

test('progress is written at most twice a second, with the last word before the end', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const order = orderFor(async (record) => {
    record.expect({ files: 10, bytes: 300 })
    for (let done = 1; done <= 300; done += 1) {
      record.progress({ phase: 'restoring', filesDone: 0, bytesDone: done, currentItem: '/a' })
      await pause(5)
    }
    return SUCCEEDED
  })
  world.runs.start(order)
  const samples = (await followAll(world, order.id)).flatMap((event) => (event.type === 'progress' ? event : []))
  const elapsed = Date.parse(samples.at(-1)?.at ?? '') - Date.parse(samples.at(0)?.at ?? '')
  expect(samples.length).toBeGreaterThan(2)
  expect(samples.length).toBeLessThanOrEqual(Math.ceil(elapsed / 500) + 2)
  expect(samples.at(-1)?.progress).toMatchObject({ bytesDone: 300, bytesTotal: 300, filesTotal: 10, secondsLeft: 0 })
  expect(world.runs.get(order.id).progress).toMatchObject({ bytesDone: 300, rate: null, currentItem: null })
})
