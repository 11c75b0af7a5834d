import { expect, test } from 'vitest'
import { standingStateSchema } from '../../../contract/control-plane/standing.ts'
import { busyPlanes, PRESENT } from '../../gallery/console/index.ts'
import { type CauseContext, causeOf } from './causes.ts'

const world = busyPlanes()
const context: CauseContext = { consumers: world.consumers, groups: world.groups, now: PRESENT }

function cause(name: string, change: Partial<CauseContext> = {}) {
  const replica = world.replicas.find(({ declaration }) => declaration.name === name)
  if (replica === undefined) throw new Error(`no replica ${name}`)
  return causeOf(replica, { ...context, ...change })
}

test('the gallery has a replica in every state, and each has a sentence', () => {
  expect(new Set(world.replicas.map(({ state }) => state))).toEqual(new Set(standingStateSchema.options))
  for (const replica of world.replicas) {
    const { brief, sentence, closes } = causeOf(replica, context)
    expect(brief).not.toBe('')
    expect(sentence).toMatch(/^\S.*\.$/)
    expect(`${brief}${sentence}${closes}`).not.toMatch(/undefined|NaN|\[object/)
  }
})

test('a gap names the intent, who does not offer it any more, and who does', () => {
  const { sentence, closes } = cause('laboratory-analytics')
  expect(sentence).toContain('prover-2 no longer offers “analytics”')
  expect(closes).toBe(
    'It closes as soon as prover-2 offers it again, or when another consumer is chosen: prover-1 offers it.',
  )
})

test('a gap that nobody else can close says so', () => {
  const alone = world.consumers.filter(({ name }) => name !== 'prover-1')
  expect(cause('laboratory-analytics', { consumers: alone }).closes).toContain('No other consumer offers it.')
})

test('a consumer that offers nothing at all is told from one that lost an intent', () => {
  const consumers = world.consumers.map((each) => (each.name === 'prover-2' ? { ...each, intents: [] } : each))
  expect(cause('laboratory-analytics', { consumers }).brief).toBe('prover-2 offers nothing now')
})

test('overdue says since when, by how much, and which bound', () => {
  expect(cause('web-verify').brief).toBe('by 3 h, bound 1d')
  expect(cause('web-verify').sentence).toMatch(/^Not verified within its bound of 1d, since 21 Nov 2026/)
})

test('failing shows the first line of the error in its line', () => {
  expect(cause('pacs-verify').brief).toBe('could not locate a valid checkpoint record at 5C/A81B3F28')
})

test('failing tells a restore that failed from a replica that was restored and is not well, as when its server died', () => {
  const replica = world.replicas.find(({ declaration }) => declaration.name === 'pacs-verify')
  const [standing] = replica?.standings ?? []
  if (replica === undefined || standing?.lastReport === null || standing === undefined)
    throw new Error('it has no report')
  const said = (outcome: 'success' | 'failure'): string => {
    const lastReport = { ...standing.lastReport, outcome, error: 'The server was ended.' } as typeof standing.lastReport
    return causeOf({ ...replica, standings: [{ ...standing, lastReport }] }, context).sentence
  }
  expect(said('success')).toMatch(/^It was restored, and the replica is not healthy\. /)
  expect(said('failure')).toMatch(/^The last restore failed\. /)
})

test('the worst machine of several is named, and how many are so', () => {
  expect(cause('north-db-verify').brief).toBe('db-02: could not locate a valid checkpoint record at 5C/A81B3F28')
  expect(cause('north-db-verify').sentence).toMatch(/^1 of 12 machines \(db-02\)\. /)
})

test('a group that is not ready says what was tried, and where it is connected', () => {
  expect(cause('ward-verify').sentence).toBe(
    'The plane cannot read ward: the password does not open this repository. Nothing of it is dispatched.',
  )
  expect(cause('ward-verify', { groups: new Map() }).brief).toBe('the plane was not given a way to read its repository')
})

test('one that was declared just now is not said to have passed its bound, one that waits for longer is', () => {
  const replica = world.replicas.find(({ state }) => state === 'never-reported')
  const standing = replica?.standings[0]
  if (replica === undefined || standing === undefined) throw new Error('none was never reported')
  const since = (overdueSince: string) => ({ ...replica, standings: [{ ...standing, overdue: true, overdueSince }] })
  expect(causeOf(since(replica.createdAt), context).brief).toBe('prover-2 has not reported on it yet')
  expect(causeOf(since(PRESENT.toISOString()), context).brief).toBe(
    'prover-2 has not reported on it yet, and its bound of 1d has passed',
  )
})
