import { expect, it } from 'vitest'
import { alignThree, foldedThree } from './three-way.ts'

/** Each row as the three texts have it. */
function aligned(first: string, middle: string, last: string): string[] {
  const texts = [first, middle, last].map((text) => text.split(''))
  const rows = alignThree(texts[0] ?? [], texts[1] ?? [], texts[2] ?? []) ?? []
  return rows.map(({ lines }) => lines.map((line, at) => (line === null ? '.' : texts[at]?.[line])).join(''))
}

it('sets lines beside each other that are the same, and those that took their place', () => {
  expect(aligned('abc', 'abc', 'abc')).toEqual(['aaa', 'bbb', 'ccc'])
  expect(aligned('abc', 'aXc', 'aXY')).toEqual(['aaa', 'bXX', 'ccY'])
})

it('leaves a gap where a text has no such line, first, in between and last', () => {
  expect(aligned('abc', 'bc', 'bcd')).toEqual(['a..', 'bbb', 'ccc', '..d'])
  expect(aligned('ac', 'abc', 'ac')).toEqual(['aaa', '.b.', 'ccc'])
  expect(aligned('', 'ab', '')).toEqual(['.a.', '.b.'])
  expect(aligned('ab', '', 'ab')).toEqual(['a.a', 'b.b'])
})

it('shows every line of each text once, in its order', () => {
  const texts = ['qwertyuiop', 'qwXrtYuiZop', 'AqwXrtuiZopB'] as const
  const rows = aligned(...texts)
  for (const [at, text] of texts.entries())
    expect(
      rows
        .map((row) => row[at] ?? '')
        .join('')
        .replaceAll('.', ''),
    ).toBe(text)
})

it('folds what is the same in all three, and opens a fold', () => {
  const lines = Array.from({ length: 40 }, (_, at) => `line ${at}`)
  const changed = lines.with(20, 'another')
  const rows = alignThree(lines, lines, changed) ?? []
  const shown = foldedThree(rows, new Set())
  expect(shown.map(({ kind }) => kind)).toEqual([
    'fold',
    ...Array(3).fill('same'),
    'differs',
    ...Array(3).fill('same'),
    'fold',
  ])
  expect(shown[0]).toMatchObject({ count: 17, at: 0 })
  expect(foldedThree(rows, new Set([0]))).toHaveLength(20 + 1 + 3 + 1)
})
