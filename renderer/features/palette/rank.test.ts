import { expect, test } from 'vitest'
import { type Entry, type Group, rank, scoreOf } from './rank.ts'

function entry(label: string, group: Group = 'Hosts', more: Partial<Entry> = {}): Entry {
  return {
    key: `${group}:${label}`,
    group,
    label,
    detail: '',
    text: label.toLowerCase(),
    run: () => undefined,
    ...more,
  }
}

const labels = (entries: readonly Entry[], text: string, opened: readonly string[] = []): string[] =>
  rank(entries, text.split(' ').filter(Boolean), { opened, most: 10 }).flatMap(({ entries: shown }) =>
    shown.map(({ label }) => label),
  )

test('a name comes before one that begins with it, then one with such a word, then one that holds it', () => {
  const hosts = ['mydb', 'old-db', 'db-01', 'db'].map((name) => entry(name))
  expect(labels(hosts, 'db')).toEqual(['db', 'db-01', 'old-db', 'mydb'])
})

test('what is known besides counts less than the name, and letters in order least', () => {
  const hosts = [entry('decibel-01'), entry('web', 'Hosts', { text: 'web dcb.example' }), entry('dcb-9')]
  expect(labels(hosts, 'dcb')).toEqual(['dcb-9', 'web', 'decibel-01'])
})

test('every word must fit', () => {
  const hosts = [entry('db-01', 'Hosts', { text: 'db-01 nightly' }), entry('db-02')]
  expect(labels(hosts, 'db nightly')).toEqual(['db-01'])
  expect(scoreOf(entry('db-01'), ['db', 'x'])).toBeNull()
})

test('the filter words of the tables look in states and labels alone', () => {
  const hosts = [
    entry('away-01', 'Hosts', { states: ['connected'], labels: ['web'] }),
    entry('db-01', 'Hosts', { states: ['away', 'late'], labels: [] }),
    entry('Runs', 'Pages'),
  ]
  expect(labels(hosts, 'state:aw')).toEqual(['db-01'])
  expect(labels(hosts, 'label:web')).toEqual(['away-01'])
  expect(labels(hosts, 'state:late db')).toEqual(['db-01'])
  expect(labels(hosts, 'state:nonsense')).toEqual([])
})

test('among equals stands first what was opened last, then the earlier name, numbers as numbers', () => {
  const hosts = ['db-10', 'db-2', 'db-1'].map((name) => entry(name))
  expect(labels(hosts, 'db')).toEqual(['db-1', 'db-2', 'db-10'])
  expect(labels(hosts, 'db', ['Hosts:db-10', 'Hosts:db-2'])).toEqual(['db-10', 'db-2', 'db-1'])
})

test('a group stands where its best entry does, and says how many more there are', () => {
  const all = [entry('Runs', 'Pages'), ...Array.from({ length: 20 }, (_, at) => entry(`runs-${at}`))]
  const groups = rank(all, ['runs'], { opened: [], most: 6 })
  expect(groups.map(({ group, entries, more }) => [group, entries.length, more])).toEqual([
    ['Pages', 1, 0],
    ['Hosts', 6, 14],
  ])
})

test('letters in order begin at the begin of a word', () => {
  expect(scoreOf(entry('staging-files-two'), ['sft'])).toBe(5)
  expect(scoreOf(entry('staging-files-two'), ['gft'])).toBeNull()
  expect(scoreOf(entry('staging-files-two'), ['ff'])).toBeNull()
})
