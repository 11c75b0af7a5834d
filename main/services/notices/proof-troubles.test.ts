import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { ProofNotice } from '../../../contract/shapes/notice.ts'
import type { ReplicaStanding } from '../../../contract/shapes/replica.ts'
import type { ReplicaOfPlane } from '../planes/index.ts'
import { compareTroubles, type Troubles } from './proof-troubles.ts'

const PLANE = { id: randomUUID(), name: 'Embedded' }
type State = ReplicaStanding['state']

/** How each of its machines stands. */
function replica(id: string, machines: Readonly<Record<string, State>>, error: string | null = null): ReplicaOfPlane {
  const at = '2026-11-20T10:00:00Z'
  const failed = {
    healthy: false,
    outcome: 'failure',
    error,
    snapshotId: null,
    observedAt: at,
    reportedAt: at,
  } as const
  const standings = Object.entries(machines).map(([name, state]) => ({
    machineId: name,
    machineName: name,
    state,
    withheld: null,
    overdue: false,
    overdueSince: null,
    overdueAt: null,
    latestSnapshotId: null,
    latestSnapshotAt: null,
    lastReport: state === 'failing' ? failed : null,
    lastHealthy: null,
    inProgress: null,
  }))
  return { id, declaration: { name: `replica ${id}` }, standings } as unknown as ReplicaOfPlane
}

/** What is told of looks that follow one another, as words, look by look. */
function tell(...looks: readonly (readonly ReplicaOfPlane[])[]): string[][] {
  let before: Troubles = {}
  return looks.map((replicas) => {
    const { now, notices } = compareTroubles(PLANE, before, replicas)
    before = now
    return notices.map(wordsOf)
  })
}

function wordsOf(notice: ProofNotice): string {
  const { state, name, machines, counts, cause, replicaId } = notice
  if (state === 'over') return `over ${replicaId}`
  const many = state === 'many' ? ` ${JSON.stringify(counts)}` : ''
  return `${state} ${name}${many}|${machines.join()}|${cause}`
}

test('it is told when a replica begins to fail, not again with each report, and when it is well', () => {
  const failing = [replica('a', { 'db-01': 'failing' }, 'could not start\nand more')]
  const well = [replica('a', { 'db-01': 'healthy' })]
  expect(tell(well, failing, failing, well, failing)).toEqual([
    [],
    ['failing replica a|db-01|could not start'],
    [],
    ['healthy replica a||', 'over null'],
    ['failing replica a|db-01|could not start'],
  ])
})

test('another machine that fails is told, one of two that is well again is not', () => {
  const looks: Readonly<Record<string, State>>[] = [
    { 'db-01': 'failing', 'db-02': 'healthy' },
    { 'db-01': 'failing', 'db-02': 'failing' },
    { 'db-01': 'healthy', 'db-02': 'failing' },
    { 'db-01': 'healthy', 'db-02': 'overdue' },
  ]
  expect(tell(...looks.map((look) => [replica('a', look)]))).toEqual([
    ['failing replica a|db-01|'],
    ['failing replica a|db-02|'],
    [],
    ['overdue replica a|db-02|'],
  ])
})

test('a repository that the plane cannot read for a while ends nothing and begins nothing', () => {
  const look = (state: State) => [replica('a', { 'db-01': state })]
  expect(tell(look('failing'), look('group-not-ready'), look('failing'))).toEqual([
    ['failing replica a|db-01|'],
    [],
    [],
  ])
})

test('one that is switched off or taken away is over, and nobody says that it is well', () => {
  expect(
    tell(
      [replica('a', { m: 'gap' }), replica('b', { m: 'overdue' })],
      [replica('a', { m: 'disabled' }), replica('b', { m: 'overdue' })],
      [],
    ),
  ).toEqual([['gap replica a|m|', 'overdue replica b|m|'], ['over a'], ['over b', 'over null']])
})

test('many at once are one, and that one is over when nothing is the matter any more', () => {
  const all = (state: State) => ['a', 'b', 'c', 'd'].map((id) => replica(id, { m: state }))
  const [many, , well] = tell(all('gap'), all('gap'), all('healthy'))
  expect(many).toEqual(['many Embedded {"failing":0,"overdue":0,"gap":4}||'])
  expect(well).toHaveLength(5)
  expect(well?.at(-1)).toBe('over null')
})
