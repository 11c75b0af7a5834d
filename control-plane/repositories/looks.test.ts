import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Looks } from './looks.ts'

const REST = 200

function counted(takes: number, rest = REST) {
  const began: { readonly id: string; readonly at: number }[] = []
  let [going, most] = [0, 0]
  const looks = new Looks(async (id) => {
    began.push({ id, at: performance.now() })
    going += 1
    most = Math.max(most, going)
    await pause(takes)
    going -= 1
  }, rest)
  return { looks, began, most: () => most }
}

test('reasons that come together are one look, and one that comes in the middle of it is another one after it', async () => {
  const { looks, began, most } = counted(50)
  await using _ = looks
  const first = Promise.all([looks.ask('north'), looks.ask('north'), looks.ask('north')])
  await expect.poll(() => began.length).toBe(1)
  const asked = performance.now()
  await Promise.all([first, looks.ask('north'), looks.ask('north')])
  expect(began).toHaveLength(2)
  expect(began[1]?.at).toBeGreaterThan(asked)
  expect(most()).toBe(1)
})

test('however often somebody has a reason, it is left alone for a while, and for as long as the last look took', async () => {
  const quick = counted(0)
  await using _ = quick.looks
  const until = performance.now() + 3 * REST
  while (performance.now() < until) {
    void quick.looks.ask('north')
    await pause(5)
  }
  expect(quick.began.length).toBeGreaterThan(1)
  expect(quick.began.length).toBeLessThanOrEqual(4)

  const slow = counted(100, 0)
  await using __ = slow.looks
  await slow.looks.ask('north')
  await slow.looks.ask('north')
  const [first, second] = slow.began
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(195)
})

test('one does not wait for another', async () => {
  const { looks, began } = counted(50, 60_000)
  await using _ = looks
  await Promise.all([looks.ask('north'), looks.ask('south')])
  expect(began.map(({ id }) => id)).toEqual(['north', 'south'])
})

test('at the end the one that goes on is waited for, and those that were to come never begin', async () => {
  const { looks, began } = counted(50, 60_000)
  await looks.ask('north')
  const never = looks.ask('north')
  const last = looks.ask('south')
  await expect.poll(() => began.length).toBe(2)
  await looks[Symbol.asyncDispose]()
  await Promise.all([never, last])
  expect(began.map(({ id }) => id)).toEqual(['north', 'south'])
})
