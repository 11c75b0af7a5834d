import { expect, test } from 'vitest'
import { hexDump } from './hex.ts'
import { linesOf, wrapLines } from './text-lines.ts'
import { visibleParts } from './visible-text.ts'

const lines = (text: string): string[] => {
  const { starts, ends } = linesOf(text)
  return [...starts].map((start, at) => text.slice(start, ends[at]))
}
const rows = (text: string, columns: number): string[] => {
  const { start, end } = wrapLines(text, linesOf(text), columns)
  return [...start].map((from, at) => text.slice(from, end[at]))
}

test.each([
  ['a\nb\n', ['a', 'b'], 'LF'],
  ['a\r\nb', ['a', 'b'], 'CRLF'],
  ['a\rb\r', ['a', 'b'], 'CR'],
  ['a\r\n\nb', ['a', '', 'b'], 'LF and CRLF'],
  ['a', ['a'], ''],
  ['\n', [''], 'LF'],
])('%j has the lines %j, which end with %s', (text, wanted, lineEnds) => {
  expect(lines(text)).toEqual(wanted)
  expect(linesOf(text).lineEnds).toBe(lineEnds)
})

test('long lines are broken into rows that fit, and no character in two', () => {
  expect(rows('abcdefgh\n\nxyz', 3)).toEqual(['abc', 'def', 'gh', '', 'xyz'])
  expect(rows('a🦊🦊b', 3)).toEqual(['a🦊', '🦊b'])
  expect(rows('漢字漢字', 5)).toEqual(['漢字', '漢字'])
  expect(rows('\tab', 9)).toEqual(['\ta', 'b'])
  expect(rows('🦊', 1)).toEqual(['🦊'])
})

test('a quarter of a million characters in one line are many short rows', () => {
  const { line, columns } = wrapLines('x'.repeat(262_144), linesOf('x'.repeat(262_144)), 120)
  expect(line).toHaveLength(Math.ceil(262_144 / 120))
  expect(columns).toBe(120)
})

test('control characters and what turns the direction of text are signs', () => {
  const shown = (text: string): string =>
    visibleParts(text)
      .map((part) => (part.escape ? `[${part.text}]` : part.text))
      .join('')
  expect(shown('plain\ttext')).toBe('plain\ttext')
  expect(shown('\u001b[31mred\u0007')).toBe('[^[][31mred[^G]')
  expect(shown('if (admin\u202e \u2066)')).toBe('if (admin[\\u202e] [\\u2066])')
  expect(shown('zero\u200bwidth')).toBe('zero[\\u200b]width')
  expect(shown('')).toBe('')
})

test('a dump has places, digits and characters', () => {
  const dump = hexDump(Uint8Array.from({ length: 18 }, (_, at) => at + 0x38))
  expect(dump.split('\n')).toEqual([
    '00000000  38 39 3a 3b 3c 3d 3e 3f  40 41 42 43 44 45 46 47  89:;<=>?@ABCDEFG',
    '00000010  48 49                                             HI',
  ])
})

test('a dump ends after its limit', () => {
  expect(hexDump(new Uint8Array(10_000)).split('\n')).toHaveLength(256)
})
