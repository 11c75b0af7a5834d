import { describe, expect, it } from 'vitest'
import { Chance } from './sample/chance.ts'
import { LOST, type TreeOutline, TreeOutlines } from './tree-outlines.ts'

const chance = new Chance(5)
const idOf = (): string => Buffer.from(chance.bytes(32)).toString('hex')

/** Of so many entries, every third a directory. */
function outlineOf(entries: number, name: (at: number) => string) {
  const names = Array.from({ length: entries }, (_, at) => `${name(at)}\0`).join('')
  return { names, below: Array.from({ length: Math.ceil(entries / 3) }, (_, at) => (at % 7 === 6 ? null : idOf())) }
}

const read = (outlines: TreeOutlines, outline: TreeOutline | undefined) => ({
  names: outline?.names,
  below: Array.from(outline?.below ?? [], (number) => (number === LOST ? null : outlines.idOf(number))),
})

describe('kept outlines', () => {
  it('are handed back as they were, small, large, empty and in any script', () => {
    const outlines = new TreeOutlines(2 ** 30)
    const all = [
      ...Array.from({ length: 1_000 }, (_, at) => outlineOf(at % 40, (entry) => `file-${at}-${entry}.txt`)),
      outlineOf(0, () => ''),
      outlineOf(20_000, (entry) => `${1_700_000_000 + entry}.M${entry}.mail.example.org,S=${entry}:2,S`),
      outlineOf(9_000, () => idOf()),
      outlineOf(5, (entry) => `caf\u00e9 ${entry}`),
      outlineOf(5, (entry) => `\u{1f600}\ufeff ${entry}`),
      outlineOf(10_000, (entry) => `\udce9\udcff ${entry} \u4e2d`),
    ].map((outline) => ({ number: outlines.numberOf(idOf()), outline }))
    for (const { number, outline } of all) {
      expect(outlines.has(number)).toBe(false)
      expect(read(outlines, outlines.put(number, outline)())).toEqual(outline)
    }
    for (const { number, outline } of all) expect(read(outlines, outlines.get(number))).toEqual(outline)
  })

  it('name each tree by one number, however many there are', () => {
    const outlines = new TreeOutlines(0)
    const ids = Array.from({ length: 5_000 }, idOf)
    const numbers = ids.map((id) => outlines.numberOf(id))
    expect(numbers).toEqual(ids.map((_, at) => at))
    expect(ids.map((id) => outlines.numberOf(id))).toEqual(numbers)
    expect(numbers.map((number) => outlines.idOf(number))).toEqual(ids)
  })

  it('are as many as there is room for; the others are handed back all the same', () => {
    const outlines = new TreeOutlines(2 ** 21)
    const all = Array.from({ length: 50 }, () => outlineOf(3_000, (entry) => `name ${entry}`))
    const numbers = all.map(() => outlines.numberOf(idOf()))
    const gotten = all.map((outline, at) => read(outlines, outlines.put(numbers[at] ?? 0, outline)()))
    expect(gotten).toEqual(all)
    const kept = numbers.filter((number) => outlines.has(number))
    expect(kept.length).toBeGreaterThan(15)
    expect(kept.length).toBeLessThan(45)
    expect(outlines.get(numbers.at(-1) ?? 0)).toBeUndefined()
  })
})
