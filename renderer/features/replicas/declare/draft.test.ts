import { expect, test } from 'vitest'
import type { Declaration } from '../../../../contract/shapes/replica.ts'
import { consumerId } from '../../../gallery/console/consumers.ts'
import { busyPlanes, EMBEDDED_PLANE } from '../../../gallery/console/index.ts'
import { differencesOf, mergedOf } from './differences.ts'
import { declarationOf, draftOf, EMPTY_DRAFT, intentChoices, intentOf, missingOf, paramProblem } from './draft.ts'
import { type NameParts, suggestName } from './suggest-name.ts'
import { firstDraft, forConsumer, inGroup, readDraft } from './use-draft.ts'

const { planes, groups, consumers, replicas, silent } = busyPlanes()
const known = { planes, groups, consumers, board: { replicas: [...replicas], silent, askedAt: null } }
const north = groups.get(EMBEDDED_PLANE)?.find(({ name }) => name === 'north')
if (north === undefined) throw new Error('no group')
const chosen = inGroup(forConsumer({ ...EMPTY_DRAFT, planeId: EMBEDDED_PLANE }, consumerId('prover-1'), known), north)

const NAMES: readonly (readonly [parts: NameParts, taken: readonly string[], name: string])[] = [
  [{ group: 'north', machine: null, intent: 'verify' }, [], 'north-verify'],
  [{ group: 'North Clinics', machine: 'DB_01', intent: 'verify' }, [], 'north-clinics-db-01-verify'],
  [{ group: 'north', machine: null, intent: 'verify' }, ['north-verify'], 'north-verify-2'],
  [
    { group: 'north', machine: null, intent: 'verify' },
    ['north-verify', 'north-verify-2', 'north-verify-3'],
    'north-verify-4',
  ],
  [{ group: 'north', machine: null, intent: 'verify' }, ['north-verify-2'], 'north-verify'],
]

test.each(NAMES)('%j past %j is called %s', (parts, taken, name) => {
  expect(suggestName(parts, new Set(taken))).toBe(name)
})

test('a name is suggested anew until one was typed', () => {
  expect(readDraft(chosen, known, null).draft.name).toBe('north-verify')
  const machine = north.machines[0]?.id ?? null
  expect(readDraft({ ...chosen, machineId: machine }, known, null).draft.name).toBe('north-db-01-verify')
  const typed = { ...chosen, machineId: machine, name: 'mine', isNameTyped: true }
  expect(readDraft(typed, known, null).draft.name).toBe('mine')
})

test('what a consumer does not offer is listed after what it does, with the reason', () => {
  const choices = intentChoices({ ...chosen, consumerId: consumerId('prover-2') }, consumers)
  expect(choices[0]).toEqual({ name: 'verify', reason: null })
  expect(choices.find(({ name }) => name === 'analytics')?.reason).toBe('prover-2 does not offer it; prover-1 does.')
})

test.each([
  ['duration', '2h 30m', true],
  ['duration', '90', false],
  ['bytes', '20Gi', true],
  ['bytes', '20 parsecs', false],
  ['integer', '-3', true],
  ['integer', '3.5', false],
  ['text', 'anything', true],
  ['duration', '', true],
] as const)('a parameter of the type %s takes “%s”: %s', (type, text, isRight) => {
  expect(paramProblem({ type }, text) === null).toBe(isRight)
})

test('what is empty is not sent, and what is sent has its type', () => {
  const draft = readDraft(
    { ...chosen, params: { memory: '8Gi', parallel: '3', reindex: 'false', schema: ' ' } },
    known,
    null,
  )
  expect(draft.declaration?.params).toEqual({ memory: '8Gi', parallel: 3, reindex: false })
  expect(readDraft({ ...chosen, overdueAfter: ' ' }, known, null).declaration?.overdueAfter).toBeNull()
})

test('nothing is sent while a bound or a parameter is not right', () => {
  const bound = { ...chosen, name: 'a', overdueAfter: 'soon' }
  expect(missingOf(bound, intentOf(bound, consumers))).toBe('The bound is not a duration.')
  const param = { ...chosen, name: 'a', params: { memory: 'much' } }
  expect(declarationOf(param, intentOf(param, consumers))).toBeNull()
})

test('in a gap the parameters stay exactly as they were', () => {
  const gap = replicas.find(({ declaration }) => declaration.name === 'laboratory-analytics')
  if (gap === undefined) throw new Error('no gap')
  expect(readDraft(draftOf(gap), known, gap).declaration?.params).toEqual({ minimum_ttl: 7200 })
})

test('another consumer keeps the parameters whose names it has', () => {
  const gap = replicas.find(({ declaration }) => declaration.name === 'laboratory-analytics')
  if (gap === undefined) throw new Error('no gap')
  const moved = forConsumer(
    { ...draftOf(gap), params: { minimum_ttl: '3h', other: '1' } },
    consumerId('prover-1'),
    known,
  )
  expect(readDraft(moved, known, gap).declaration?.params).toEqual({ minimum_ttl: '3h' })
})

test('where there is one plane alone, it is chosen', () => {
  expect(firstDraft({ ...known, planes: planes.slice(0, 1) }).planeId).toBe(EMBEDDED_PLANE)
})

const was: Declaration = {
  consumerId: consumerId('prover-1'),
  groupId: north.id,
  machineId: null,
  type: 'postgres',
  intent: 'verify',
  name: 'a',
  overdueAfter: '1d',
  params: { memory: '4Gi', ready_timeout: '1h' },
  redacts: false,
  publishesSchemas: false,
  migratesOnRequest: false,
  enabled: true,
}
const words = { consumer: (id: string) => id, machine: (id: string) => id }

test('of two changes to different things both stand when they are put together', () => {
  const theirs = { ...was, overdueAfter: '12h', params: { memory: '8Gi', ready_timeout: '1h' } }
  const mine = { ...was, enabled: false, params: { memory: '4Gi', ready_timeout: '2h' } }
  expect(mergedOf({ was, theirs, mine })).toEqual({
    ...was,
    overdueAfter: '12h',
    enabled: false,
    params: { memory: '8Gi', ready_timeout: '2h' },
  })
})

test('what both have changed, and not to the same, is said to be contested', () => {
  const sides = { was, theirs: { ...was, overdueAfter: '12h' }, mine: { ...was, overdueAfter: '6h' } }
  expect(differencesOf(sides, words)).toEqual([
    { field: 'overdueAfter', label: 'Bound', was: '1d', theirs: '12h', mine: '6h', isContested: true },
  ])
  expect(mergedOf(sides).overdueAfter).toBe('6h')
})

test('a parameter that one side took away is not there afterwards', () => {
  const mine = { ...was, params: { ready_timeout: '1h' } }
  expect(mergedOf({ was, theirs: was, mine }).params).toEqual({ ready_timeout: '1h' })
})
