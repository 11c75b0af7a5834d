import { afterEach, describe, expect, it, vi } from 'vitest'
import { ExpectedItems } from './expected-items.ts'
import { UNVERIFIED } from './judge.ts'
import { Tally } from './tally.ts'

const TARGET = '/srv/target'
const DENIED = `open ${TARGET}/secret: permission denied`

describe('a tally', () => {
  afterEach(() => vi.restoreAllMocks())

  it('has nothing to correct where all was said and found', () => {
    const tally = tallyOf({ path: '/a', size: 3 }, { path: '/folder/b', size: 0 }, { path: '/folder', size: 0 })
    expect(tally.restored('/a', 'restored', 3)).toEqual({ path: '/a', action: 'restored', size: 3, reason: '' })
    expect(tally.restored('/folder/b', 'restored', 0)).toBeDefined()
    expect(tally.restored('/folder', 'restored', 0)).toBeUndefined()
    tally.found({ path: '/a', size: 3 })
    // A second name of one file, or a link: it has a size of another kind.
    tally.found({ path: '/folder/b', size: 17 })
    const settlement = { good: 2, goodBytes: 3, failed: 0, unverified: 0, corrections: [] }
    expect(tally.settle({ complete: true })).toEqual(settlement)
  })

  it('believes the error and not the word "restored", whichever comes first', () => {
    const tally = tallyOf({ path: '/early', size: 1 }, { path: '/late', size: 1 })
    expect(tally.failed('/early', 'bad blob')).toMatchObject({ path: '/early', action: 'failed', reason: 'bad blob' })
    expect(tally.failed('/early', 'bad again')).toBeUndefined()
    expect(tally.restored('/early', 'restored', 1)).toBeUndefined()
    expect(tally.restored('/late', 'restored', 1)).toBeDefined()
    expect(tally.failed('/late', 'bad blob')).toBeUndefined()
    for (const path of ['/early', '/late']) tally.found({ path, size: 1 })
    expect(tally.settle({ complete: true })).toMatchObject({
      good: 0,
      failed: 2,
      corrections: [{ replaces: '/late', path: '/late', action: 'failed', size: 1, reason: 'bad blob' }],
    })
  })

  it('tells names that restic prints alike apart by what is on disk', () => {
    const lossy = '/caf\ufffd'
    const tally = tallyOf({ path: lossy, size: 1 }, { path: lossy, size: 2 }, { path: lossy, size: 3 })
    for (const size of [1, 2, 3]) tally.restored(lossy, 'restored', size)
    tally.found({ path: lossy, size: 3 })
    tally.found({ path: '/caf\udce8', size: 1 })
    tally.found({ path: '/caf\udce9', size: 2 })
    const { corrections } = tally.settle({ complete: true })
    expect(corrections.map(({ path, size, replaces }) => ({ path, size, replaces }))).toEqual([
      { path: '/caf\udce9', size: 2, replaces: lossy },
      { path: '/caf\udce8', size: 1, replaces: lossy },
      { path: lossy, size: 3, replaces: lossy },
    ])
  })

  it('blames all that look alike when it cannot tell which one failed', () => {
    const lossy = '/caf\ufffd'
    const tally = tallyOf({ path: lossy, size: 1 }, { path: lossy, size: 1 })
    tally.failed(lossy, 'bad blob')
    for (const path of ['/caf\udce8', '/caf\udce9']) tally.found({ path, size: 1 })
    const { corrections, failed } = tally.settle({ complete: true })
    expect(failed).toBe(2)
    expect(corrections.map((item) => [item.path, item.replaces, item.reason])).toEqual([
      ['/caf\udce8', lossy, 'One or more of 2 items whose names look alike: bad blob'],
      ['/caf\udce9', lossy, 'One or more of 2 items whose names look alike: bad blob'],
    ])
  })

  it('counts what is missing, short or never mentioned as failed when restic ran to its end', () => {
    const tally = tallyOf({ path: '/missing', size: 1 }, { path: '/short', size: 9 }, { path: '/silent', size: 1 })
    tally.restored('/missing', 'restored', 1)
    tally.restored('/short', 'restored', 9)
    tally.found({ path: '/short', size: 4 })
    tally.found({ path: '/silent', size: 1 })
    const { good, corrections } = tally.settle({ complete: true })
    expect(good).toBe(0)
    expect(corrections.map(({ path, replaces, action }) => ({ path, replaces, action }))).toEqual([
      { path: '/silent', replaces: null, action: 'failed' },
      { path: '/missing', replaces: '/missing', action: 'failed' },
      { path: '/short', replaces: '/short', action: 'failed' },
    ])
  })

  it('says nothing of what a stopped restic had not finished', () => {
    const tally = tallyOf({ path: '/done', size: 1 }, { path: '/begun', size: 9 }, { path: '/not', size: 1 })
    tally.restored('/done', 'restored', 1)
    tally.found({ path: '/done', size: 1 })
    tally.found({ path: '/begun', size: 9 })
    expect(tally.settle({ complete: false })).toMatchObject({ good: 1, failed: 0, corrections: [] })
  })

  it('counts a folder that failed once, and keeps it failed', () => {
    const tally = tallyOf({ path: '/a', size: 1 })
    expect(tally.failed('/folder', 'tree is gone')).toMatchObject({ path: '/folder', action: 'failed', size: null })
    expect(tally.failed('/folder', 'tree is gone')).toBeUndefined()
    tally.restored('/a', 'restored', 1)
    tally.found({ path: '/a', size: 1 })
    expect(tally.settle({ complete: true })).toMatchObject({ good: 1, failed: 1, corrections: [] })
  })

  it.each([
    {
      who: 'a plain user',
      user: 1000,
      settlement: { failed: 0, unverified: 1 },
      item: { action: 'restored', reason: UNVERIFIED },
    },
    { who: 'root', user: 0, settlement: { failed: 1, unverified: 0 }, item: { action: 'failed', reason: DENIED } },
  ])('knows what it means that $who cannot read a file back', ({ user, settlement, item }) => {
    vi.spyOn(process, 'geteuid').mockReturnValue(user)
    const tally = tallyOf({ path: '/secret', size: 1 })
    tally.restored('/secret', 'restored', 1)
    // While verifying, restic names the file on disk.
    tally.failed(`${TARGET}/secret`, DENIED)
    tally.found({ path: '/secret', size: 1 })
    expect(tally.settle({ complete: true })).toMatchObject({ ...settlement, corrections: [item] })
  })
})

function tallyOf(...items: readonly { path: string; size: number }[]): Tally {
  const expected = new ExpectedItems()
  expected.add(items)
  return new Tally(expected, TARGET)
}
