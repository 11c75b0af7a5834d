import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { RunSummary } from '../../contract/shapes/run-summary.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { heldRun, runsWorld } from '../testing/runs-world.ts'

test('the active run comes first, then every change of state', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const held = heldRun()
  world.runs.start(held.order)
  await held.begun
  const leave = new AbortController()
  const seen: RunSummary[] = []
  const watching = (async () => {
    for await (const run of world.runs.watch(leave.signal)) seen.push(run)
  })().catch(() => undefined)
  await expect.poll(() => seen.map(({ state }) => state)).toEqual(['running'])
  held.finish()
  await expect.poll(() => seen.at(-1)?.state).toBe('succeeded')
  leave.abort()
  await watching
})

test('changes come no faster than four times a second', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const held = heldRun()
  world.runs.start(held.order)
  await held.begun
  const leave = new AbortController()
  let seen = 0
  const watching = (async () => {
    for await (const _ of world.runs.watch(leave.signal)) seen += 1
  })().catch(() => undefined)
  const started = performance.now()
  while (performance.now() - started < 1200) {
    world.feed.announce(held.order.id)
    await pause(5)
  }
  // The active run, then at 0, 250 … 1000 milliseconds.
  expect(seen).toBeGreaterThan(3)
  expect(seen).toBeLessThanOrEqual(7)
  leave.abort()
  await watching
})

test('a reader that was away gets each run once, as it is now', async () => {
  await using directory = temporaryDirectory()
  await using world = runsWorld(directory.path)
  const held = heldRun()
  world.runs.start(held.order)
  const record = await held.begun
  const watch = world.runs.watch(AbortSignal.timeout(10_000))
  await watch.next()
  for (let item = 1; item <= 1500; item += 1) {
    record.item({ path: `/${item}`, type: null, action: 'restored', size: 1, reason: '' })
  }
  held.finish()
  await expect.poll(() => world.runs.get(held.order.id).state).toBe('succeeded')
  expect((await watch.next()).value).toMatchObject({ state: 'succeeded', counts: { restored: 1500 } })
  const nothing = await Promise.race([watch.next(), pause(400, 'nothing')])
  expect(nothing).toBe('nothing')
})
