import { expect, test } from 'vitest'
import { busyPlanes, PRESENT } from '../../gallery/console/index.ts'
import { standingOf } from '../../gallery/console/replicas.ts'
import { changedAddress, fitting, narrowReplicas } from './replica-address.ts'
import { rowsOf } from './replica-rows.ts'
import {
  briefSpan,
  needsAttention,
  STATE_ORDER,
  scopeWords,
  snapshotPair,
  timeLeft,
  totalWords,
  worstFirst,
} from './replica-words.ts'

const { replicas } = busyPlanes()
const names = (list: readonly { readonly declaration: { readonly name: string } }[]): string[] =>
  list.map(({ declaration }) => declaration.name)

test('the time left is that of the machine that is overdue first', () => {
  const [fresh, late] = [standingOf('db-01', 'healthy'), standingOf('db-02', 'overdue')]
  expect(timeLeft([fresh], PRESENT)).toMatchObject({ words: '22 h left', isOver: false })
  expect(timeLeft([fresh, late], PRESENT)).toMatchObject({ words: '3 h over', isOver: true })
  expect(timeLeft([standingOf('db-03', 'gap')], PRESENT)).toBeNull()
})

test('of one that was never healthy no time is told, for it may be overdue from the moment it was declared', () => {
  const declared = {
    ...standingOf('db-01', 'never-reported'),
    overdue: true,
    overdueAt: null,
    overdueSince: PRESENT.toISOString(),
  }
  expect(timeLeft([declared], PRESENT)).toMatchObject({ words: 'never verified', isOver: true })
  expect(timeLeft([declared, standingOf('db-02', 'overdue')], PRESENT)).toMatchObject({ words: '3 h over' })
})

test('a span leaves out what counts little', () => {
  expect([30, 750, 3 * 3600 + 59, 86_400, 100_000].map(briefSpan)).toEqual(['30 s', '12 min', '3 h', '1 d', '1 d 4 h'])
})

test('the worst stands first, and what is alike by name', () => {
  const order = worstFirst([...replicas].toReversed())
  expect(order.map(({ state }) => state)).toEqual(
    order.map(({ state }) => state).toSorted((a, b) => STATE_ORDER.indexOf(a) - STATE_ORDER.indexOf(b)),
  )
  expect(names(order).slice(0, 2)).toEqual(['north-db-verify', 'pacs-verify'])
})

test('the newest snapshot is beside the verified one, and the same one is current', () => {
  expect(snapshotPair(standingOf('db-01', 'healthy')).isCurrent).toBe(true)
  const behind = snapshotPair(standingOf('db-01', 'overdue'))
  expect(behind.isCurrent).toBe(false)
  expect(behind.latest).not.toBe(behind.verified)
  expect(snapshotPair(standingOf('db-01', 'waiting-for-backup'))).toEqual({
    latest: null,
    verified: null,
    isCurrent: false,
  })
})

test('what needs attention is what somebody should look at, not what goes on by itself', () => {
  const attention = replicas.filter(needsAttention).map(({ state }) => state)
  expect(attention).toContain('gap')
  expect(attention).toContain('never-reported')
  for (const calm of ['healthy', 'in-progress', 'waiting-for-backup', 'disabled', 'not-reporting'])
    expect(attention).not.toContain(calm)
  expect(totalWords(replicas)).toBe('15 declared, 8 need attention')
})

test('a scope names the machine, or how many a group has', () => {
  const scope = (name: string) => replicas.filter(({ declaration }) => declaration.name === name).map(scopeWords)
  expect(scope('north-db-verify')).toEqual(['north · 12 machines'])
  expect(scope('db-03-verify')).toEqual(['db-03 · north'])
})

test('an address keeps what it knows and drops the rest', () => {
  expect(narrowReplicas({ attention: 'yes', text: '', state: 'gap', who: 'x', plane: 7 })).toEqual({
    attention: 'yes',
    state: 'gap',
  })
  expect(changedAddress({ attention: 'yes', text: 'db' }, { attention: '' })).toEqual({ text: 'db' })
})

test('a state fits a declaration of which one machine alone is in it', () => {
  expect(names(fitting(replicas, { state: 'in-progress' }))).toEqual(['north-db-verify', 'db-01-analytics'])
})

test('text is looked for in machines, consumers, states and errors, each word anywhere', () => {
  expect(names(fitting(replicas, { text: 'DB-07' }))).toEqual(['north-db-verify'])
  expect(names(fitting(replicas, { text: 'checkpoint pacs' }))).toEqual(['pacs-verify'])
  expect(names(fitting(replicas, { text: 'gap prover-2' }))).toEqual(['laboratory-analytics'])
  expect(fitting(replicas, { text: 'nothing like it' })).toEqual([])
})

test('conditions are combined', () => {
  const north = replicas.find(({ declaration }) => declaration.name === 'north-db-verify')
  const group = north?.declaration.groupId ?? ''
  expect(names(fitting(replicas, { group, attention: 'yes', text: 'prover-2' }))).toEqual([
    'db-12-verify',
    'db-03-verify',
  ])
})

test('a declaration of several machines opens to them, one of a single machine does not', () => {
  const [one, several] = ['web-verify', 'north-db-verify'].map((name) =>
    replicas.filter(({ declaration }) => declaration.name === name),
  )
  const keys = new Set(replicas.map(({ planeId, id }) => `${planeId} ${id}`))
  expect(rowsOf(one ?? [], keys)).toHaveLength(1)
  expect(rowsOf(several ?? [], keys)).toHaveLength(13)
  expect(rowsOf(several ?? [], new Set())).toHaveLength(1)
})

test('the lines of a replica that has not changed are the same lines', () => {
  expect(rowsOf(replicas, new Set())[3]).toBe(rowsOf([...replicas], new Set())[3])
})
