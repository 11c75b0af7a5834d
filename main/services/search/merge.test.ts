import { expect, test } from 'vitest'
import { merge, type Source } from './merge.ts'

const never = new AbortController().signal

function source(name: string, count: number, ended: string[] = []): Source<string> {
  return async function* () {
    try {
      for (let at = 0; at < count; at += 1) yield `${name}${at}`
    } finally {
      ended.push(name)
    }
  }
}

async function all<T>(events: AsyncIterable<T>): Promise<T[]> {
  const got: T[] = []
  for await (const event of events) got.push(event)
  return got
}

/** Tells one value and then nothing until the signal. */
function stuck(name: string, ended: string[]): Source<string> {
  return async function* (signal) {
    try {
      yield name
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      })
    } finally {
      ended.push(name)
    }
  }
}

test('all that all sources tell, each in its own order', async () => {
  const got = await all(merge([source('a', 3), source('b', 0), source('c', 2)], 2, never))
  expect(got.toSorted()).toEqual(['a0', 'a1', 'a2', 'c0', 'c1'])
  expect(got.filter((value) => value.startsWith('a'))).toEqual(['a0', 'a1', 'a2'])
  expect(await all(merge([], 4, never))).toEqual([])
})

test('a source that tells much does not drown another', async () => {
  const got: string[] = []
  for await (const value of merge([source('a', 10_000), source('b', 50)], 2, never)) {
    got.push(value)
    if (value === 'b49') break
  }
  expect(got.length).toBeLessThan(200)
})

test('so many are begun at once, and the next when one has ended', async () => {
  let open = 0
  let most = 0
  const counted: Source<number> = async function* () {
    open += 1
    most = Math.max(most, open)
    yield open
    yield open
    open -= 1
  }
  const got = await all(
    merge(
      Array.from({ length: 20 }, () => counted),
      3,
      never,
    ),
  )
  expect(got).toHaveLength(40)
  expect(most).toBe(3)
})

test('a reader that leaves ends every source that was begun, and begins no other', async () => {
  const ended: string[] = []
  for await (const value of merge([stuck('a', ended), stuck('b', ended), stuck('c', ended)], 2, never)) {
    if (value === 'b') break
  }
  expect(ended.toSorted()).toEqual(['a', 'b'])
})

test('the signal ends it with its reason, and every source with it', async () => {
  const ended: string[] = []
  const stop = new AbortController()
  const reading = merge([stuck('a', ended), stuck('b', ended)], 4, stop.signal)
  await reading.next()
  await reading.next()
  const next = reading.next()
  stop.abort(new Error('enough'))
  await expect(next).rejects.toThrow('enough')
  expect(ended.toSorted()).toEqual(['a', 'b'])
})

test('what a source throws ends all the others', async () => {
  const ended: string[] = []
  const broken: Source<string> = async function* () {
    yield 'x'
    throw new Error('broken')
  }
  const reading = all(merge([stuck('a', ended), source('b', 1_000_000), broken], 4, never))
  await expect(reading).rejects.toThrow('broken')
  expect(ended).toEqual(['a'])
})

test('nothing is asked for ahead of the reader but one value of each source', async () => {
  let made = 0
  const counted: Source<number> = async function* () {
    while (true) yield (made += 1)
  }
  let read = 0
  for await (const _ of merge([counted, counted, counted, counted], 4, never)) {
    read += 1
    expect(made - read).toBeLessThanOrEqual(8)
    if (read === 500) break
  }
})
