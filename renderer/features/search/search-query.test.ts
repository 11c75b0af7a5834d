import { expect, test } from 'vitest'
import { EMPTY_FORM, type SearchForm } from './search-form.ts'
import { requestOf } from './search-query.ts'

const NOW = new Date(2026, 10, 21, 14, 5)
const request = (fields: Partial<SearchForm>) => requestOf({ ...EMPTY_FORM, text: 'nginx', ...fields }, NOW)

test('nothing is asked for while nothing was typed', () => {
  expect(request({ text: '' })).toEqual({ input: null, problems: {} })
})

test('what is not filled in sets no bound', () => {
  expect(request({}).input).toMatchObject({
    scope: { kind: 'everywhere' },
    pattern: { kind: 'text', text: 'nginx', ignoreCase: true },
    types: null,
    size: { least: null, most: null },
    modified: { from: null, until: null },
  })
})

test('a size that cannot be read is said beside it, and nothing is asked for', () => {
  expect(request({ least: 'big' })).toEqual({
    input: null,
    problems: { least: 'Write it as 10 MB or 1.5G.' },
  })
  expect(request({ least: '2M', most: '1M' }).problems).toEqual({ most: 'This is below the minimum.' })
})

test('days are whole days, the last one too', () => {
  const { input } = request({ period: 'between', from: '2026-11-01', until: '2026-11-20' })
  expect(input?.modified).toEqual({
    from: new Date(2026, 10, 1).getTime(),
    until: new Date(2026, 10, 21).getTime(),
  })
  expect(request({ period: 'between', from: '2026-11-02', until: '2026-11-02' }).problems).toEqual({})
  expect(request({ period: 'between', from: '2026-11-03', until: '2026-11-01' }).problems).toHaveProperty('until')
  expect(request({ period: 'between', from: '2026-02-31' }).problems).toHaveProperty('from')
})

test('a period is the same all day, so that a search is not repeated for the clock’s sake', () => {
  const later = requestOf({ ...EMPTY_FORM, text: 'nginx', period: 'week' }, new Date(2026, 10, 21, 23, 59))
  expect(request({ period: 'week' })).toEqual(later)
  expect(later.input?.modified.from).toBe(new Date(2026, 10, 14).getTime())
})

test('other types are all that is no file, folder or link', () => {
  expect(request({ types: ['links', 'other'] }).input?.types).toEqual([
    'symlink',
    'dev',
    'chardev',
    'fifo',
    'socket',
    'irregular',
  ])
})
