import { describe, expect, it } from 'vitest'
import { compilePattern } from './pattern.ts'

const matches = (kind: 'text' | 'glob' | 'regular-expression', text: string, subject: string, ignoreCase = false) =>
  compilePattern({ kind, text, ignoreCase }).matches(subject)

const ATOMS = [
  'a',
  'b',
  'c',
  '.',
  '[ab]',
  '[^a]',
  '\\w',
  '\\d',
  '(a|bc)',
  '(b|)',
  '(?:ab)',
  '^',
  '$',
  '[a-c]',
  '💀',
  'é',
]
const TIMES = ['', '', '', '*', '+', '?', '{2}', '{1,2}', '{1,}', '*?', '{0}']

/** Random, and the same in every run. */
function random(seed: number) {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % below
  }
}

describe('a regular expression', () => {
  it('finds what the language’s own finds, in ten thousand random texts', () => {
    const next = random(7)
    const some = (from: readonly string[], most: number): string =>
      Array.from({ length: next(most + 1) }, () => from[next(from.length)]).join('')
    let found = 0
    for (let round = 0; round < 500; round += 1) {
      const parts = Array.from({ length: 1 + next(4) }, () => {
        const atom = ATOMS[next(ATOMS.length)] ?? 'a'
        return /^[$^]$/.test(atom) ? atom : `${atom}${TIMES[next(TIMES.length)]}`
      })
      if (next(3) === 0) parts.splice(next(parts.length), 0, '|')
      const pattern = parts.join('')
      const ours = compilePattern({ kind: 'regular-expression', text: pattern, ignoreCase: false })
      const theirs = new RegExp(pattern, 'su')
      for (let at = 0; at < 20; at += 1) {
        const subject = some(['a', 'b', 'c', '1', '\n', 'é', '💀', '\udce9'], 6)
        expect([pattern, subject, ours.matches(subject)]).toEqual([pattern, subject, theirs.test(subject)])
        found += theirs.test(subject) ? 1 : 0
      }
    }
    expect(found).toBeGreaterThan(2_000)
    expect(found).toBeLessThan(9_000)
  })

  it.each(['(a+)+$', '^(a|a)*$', '(a|aa)+$', '(.*a){20}$', '(a?){200}a{200}$', '([a-z]+)*[0-9]$'])(
    'of the kind %s, which others never finish, is done in milliseconds',
    (pattern) => {
      const compiled = compilePattern({ kind: 'regular-expression', text: pattern, ignoreCase: true })
      const before = process.cpuUsage()
      for (let at = 0; at < 20; at += 1) expect(compiled.matches(`${'a'.repeat(250)}${at}!`)).toBe(false)
      expect(process.cpuUsage(before).user).toBeLessThan(1_000_000)
    },
  )

  it.each([
    '(',
    ')',
    '(a',
    '[a',
    '[z-a]',
    '*a',
    'a**',
    'a{3,2}',
    'a{1001}',
    '(?=a)',
    '(?<=a)',
    '\\1',
    '\\b',
    '\\',
    '\\x1',
  ])('%s is refused', (pattern) => {
    expect(() => matches('regular-expression', pattern, 'a')).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
  })

  it('that would be too large is refused', () => {
    expect(() => matches('regular-expression', '((a{100}){100}){100}', 'a')).toThrow('invalid_input')
    expect(() => matches('regular-expression', 'a'.repeat(1001), 'a')).toThrow('invalid_input')
    expect(() => matches('regular-expression', `${'('.repeat(60)}${')'.repeat(60)}`, 'a')).toThrow('invalid_input')
    expect(() => matches('text', '', 'a')).toThrow('invalid_input')
  })

  it('ignores case where it is asked to', () => {
    expect(matches('regular-expression', '^[a-c]É$', 'Bé', true)).toBe(true)
    expect(matches('regular-expression', '^[a-c]É$', 'Bé', false)).toBe(false)
    expect(matches('text', 'straße', 'Die STRAßE', true)).toBe(true)
  })
})

describe('a glob', () => {
  it.each([
    ['*.txt', 'a.txt', true],
    ['*.txt', 'a.txt~', false],
    ['a?c', 'abc', true],
    ['a?c', 'a💀c', true],
    ['a?c', 'ac', false],
    ['[a-c]*', 'bx', true],
    ['[^a-c]*', 'bx', false],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['a.c', 'abc', false],
    ['*\udce9*', 'caf\udce9', true],
    ['/etc/*.conf', '/etc/a.conf', true],
    ['/etc/*.conf', '/etc/a/a.conf', false],
    ['/etc/*.conf', '/srv/etc/a.conf', false],
    ['etc/*.conf', '/srv/etc/a.conf', true],
    ['tc/*.conf', '/srv/etc/a.conf', false],
    ['/srv/**/a', '/srv/a', true],
    ['/srv/**/a', '/srv/x/y/a', true],
    ['/srv/**/a', '/srv/x/y/ba', false],
  ])('%s against %s: %s', (pattern, subject, expected) => {
    expect(matches('glob', pattern, subject)).toBe(expected)
  })

  it.each(['[', '[]', '[a', 'a\\', '[a-]', '/'])('%s is refused', (pattern) => {
    expect(() => matches('glob', pattern, 'a')).toThrow(expect.objectContaining({ code: 'invalid_input' }))
  })
})

it('a text is what it is', () => {
  expect(matches('text', '[a', 'x[a.txt')).toBe(true)
  expect(matches('text', '.', 'abc')).toBe(false)
  expect(compilePattern({ kind: 'text', text: 'b', ignoreCase: false }).matches('a\0b\0c', 2, 3)).toBe(true)
  expect(compilePattern({ kind: 'text', text: 'b', ignoreCase: false }).matches('a\0b\0c', 4, 5)).toBe(false)
})
