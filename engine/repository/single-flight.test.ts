import { describe, expect, it } from 'vitest'
import { SingleFlight } from './single-flight.ts'
import { readStoredTree } from './stored-tree.ts'
import { TreeCache } from './tree-cache.ts'

/** A fetch whose answers come when the test says so. */
function slowly(atOnce = 1) {
  const begun: { key: string; signal: AbortSignal; answer: (value: string) => void; fail: (error: Error) => void }[] =
    []
  const flights = new SingleFlight<string>((key, signal) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    begun.push({ key, signal, answer: resolve, fail: reject })
    return promise
  }, atOnce)
  return { begun, flights }
}
const soon = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('fetching by key', () => {
  it('is done once for all who ask meanwhile, and anew afterwards', async () => {
    const { begun, flights } = slowly()
    const both = Promise.all([flights.get('a'), flights.get('a')])
    await soon()
    begun[0]?.answer('A')
    expect(await both).toEqual(['A', 'A'])
    void flights.get('a')
    await soon()
    expect(begun).toHaveLength(2)
  })

  it('is done one after another, also after a failure', async () => {
    const { begun, flights } = slowly()
    const first = flights.get('a')
    const second = flights.get('b')
    await soon()
    expect(begun.map((fetch) => fetch.key)).toEqual(['a'])
    begun[0]?.fail(new Error('no'))
    await expect(first).rejects.toThrow('no')
    await soon()
    begun[1]?.answer('B')
    expect(await second).toBe('B')
  })

  it('is done two at once where that is allowed, and not three', async () => {
    const { begun, flights } = slowly(2)
    const all = ['a', 'b', 'c'].map((key) => flights.get(key))
    await soon()
    expect(begun.map((fetch) => fetch.key)).toEqual(['a', 'b'])
    begun[1]?.fail(new Error('no'))
    await expect(all[1]).rejects.toThrow('no')
    await soon()
    expect(begun.map((fetch) => fetch.key)).toEqual(['a', 'b', 'c'])
    begun[0]?.answer('A')
    begun[2]?.answer('C')
    expect(await Promise.all([all[0], all[2]])).toEqual(['A', 'C'])
  })

  it('is stopped when the last one leaves, and not before', async () => {
    const { begun, flights } = slowly()
    const [one, two] = [new AbortController(), new AbortController()]
    const waiting = [flights.get('a', one.signal), flights.get('a', two.signal)]
    await soon()
    one.abort()
    await expect(waiting[0]).rejects.toMatchObject({ code: 'cancelled' })
    expect(begun[0]?.signal.aborted).toBe(false)
    two.abort()
    await expect(waiting[1]).rejects.toMatchObject({ code: 'cancelled' })
    expect(begun[0]?.signal.aborted).toBe(true)
  })

  it('is never begun for one who left the queue, and begun for one who comes after', async () => {
    const { begun, flights } = slowly()
    const first = flights.get('a')
    const stop = new AbortController()
    const left = flights.get('b', stop.signal)
    stop.abort()
    await expect(left).rejects.toMatchObject({ code: 'cancelled' })
    const returned = flights.get('b')
    await soon()
    begun[0]?.answer('A')
    await first
    await soon()
    expect(begun.map((fetch) => fetch.key)).toEqual(['a', 'b'])
    begun[1]?.answer('B')
    expect(await returned).toBe('B')
  })

  it('refuses one who comes with an aborted signal', async () => {
    const { begun, flights } = slowly()
    await expect(flights.get('a', AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
    await soon()
    expect(begun).toEqual([])
  })
})

describe('an answer that takes memory', () => {
  it('is given back once all who waited have made something of it', async () => {
    const used: string[] = []
    const { promise, resolve } = Promise.withResolvers<string>()
    const flights = new SingleFlight<string>(
      () => promise,
      1,
      (answer) => used.push(answer),
    )
    const make = (answer: string) => `${answer} with ${used.length} used`
    const both = Promise.all([flights.use('a', make), flights.use('a', make)])
    resolve('A')
    expect(await both).toEqual(['A with 0 used', 'A with 0 used'])
    expect(used).toEqual(['A'])
  })

  it('is given back when it comes after all have left', async () => {
    const { promise, resolve } = Promise.withResolvers<string>()
    const back = Promise.withResolvers<string>()
    const flights = new SingleFlight<string>(() => promise, 1, back.resolve)
    const stop = new AbortController()
    const leaving = flights.get('a', stop.signal)
    await soon()
    stop.abort()
    await expect(leaving).rejects.toMatchObject({ code: 'cancelled' })
    resolve('A')
    expect(await back.promise).toBe('A')
  })
})

describe('the cache of listings', () => {
  /** About a hundred bytes a node. */
  const listing = (nodes: number) =>
    readStoredTree(
      'a',
      Buffer.from(
        JSON.stringify({
          nodes: Array.from({ length: nodes }, (_, at) => ({ name: `n${at}`, type: 'file', mtime: `${at}` })),
        }),
      ),
    )

  it('keeps what was used last, as much as it may', () => {
    const cache = new TreeCache(400_000)
    const [a, b, c] = [listing(1000), listing(1000), listing(1000)]
    cache.put('a', a)
    cache.put('b', b)
    cache.put('c', c)
    expect(cache.get('a')).toBe(a)
    cache.put('d', listing(500))
    cache.put('e', listing(500))
    expect(cache.get('b')).toBeUndefined()
    expect([cache.get('a'), cache.get('c')]).toEqual([a, c])
  })

  it('counts one time that many share once', () => {
    const cache = new TreeCache(120_000)
    const same = { ...listing(1000), modified: Array.from({ length: 1000 }, () => '2026-01-01T00:00:00.123456789Z') }
    cache.put('a', same)
    cache.put('b', listing(100))
    expect(cache.get('a')).toBe(same)
  })

  it('does not fill up with empty directories, and keeps one that is too large until the next', () => {
    const cache = new TreeCache(10_000)
    for (let at = 0; at < 100; at += 1) cache.put(`empty ${at}`, listing(0))
    expect(cache.get('empty 89')).toBeUndefined()
    expect(cache.get('empty 90')).toBeDefined()
    cache.put('large', listing(500))
    expect(cache.get('large')).toBeDefined()
    cache.put('next', listing(1))
    expect(cache.get('large')).toBeUndefined()
  })
})
