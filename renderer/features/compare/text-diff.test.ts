import { expect, it } from 'vitest'
import { type DiffRow, diffLines, diffWords, folded, patchOf } from './text-diff.ts'

const lines = (text: string): string[] => text.split(' ')
const diff = (before: string, after: string): DiffRow[] => diffLines(lines(before), lines(after)) ?? []

it('pairs the lines that stand in each other’s place, and leaves the rest alone', () => {
  expect(diff('a b c d', 'a B c x d')).toEqual([
    { kind: 'same', before: 0, after: 0 },
    { kind: 'changed', before: 1, after: 1 },
    { kind: 'same', before: 2, after: 2 },
    { kind: 'added', after: 3 },
    { kind: 'same', before: 3, after: 4 },
  ])
  expect(diff('a b c', 'a X')).toEqual([
    { kind: 'same', before: 0, after: 0 },
    { kind: 'changed', before: 1, after: 1 },
    { kind: 'removed', before: 2 },
  ])
})

it('shows every line of both sides once, whatever differs', () => {
  for (const [before, after] of [
    ['a b c d e f g', 'g f e d c b a'],
    ['a a a b', 'b a a a'],
    ['x', 'y'],
  ] as const) {
    const rows = diff(before, after)
    const left = rows.flatMap((row) => ('before' in row ? [row.before] : []))
    const right = rows.flatMap((row) => ('after' in row ? [row.after] : []))
    expect(left).toEqual(lines(before).map((_, at) => at))
    expect(right).toEqual(lines(after).map((_, at) => at))
  }
})

it('folds long stretches of equal lines, and opens those that are wanted', () => {
  const many = Array.from({ length: 30 }, (_, at) => `line${at}`)
  const rows = diffLines(many, many.with(15, 'other')) ?? []
  const shown = folded(rows, new Set())
  expect(shown.map(({ kind }) => kind)).toEqual([
    'fold',
    'same',
    'same',
    'same',
    'changed',
    'same',
    'same',
    'same',
    'fold',
  ])
  expect(shown[0]).toMatchObject({ before: 0, count: 12 })
  expect(folded(rows, new Set([0])).filter(({ kind }) => kind === 'fold')).toHaveLength(1)
})

it('tells which words of two lines differ', () => {
  const { before, after } = diffWords('max_connections = 100', 'max_connections = 200')
  expect(before.filter(({ own }) => own)).toEqual([{ text: '100', own: true }])
  expect(after.filter(({ own }) => own)).toEqual([{ text: '200', own: true }])
})

it('hands the difference on as others write it', () => {
  const sides = { before: lines('a b'), after: lines('a c') }
  expect(patchOf(diff('a b', 'a c'), sides)).toBe(' a\n-b\n+c\n')
})
