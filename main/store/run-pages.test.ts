import { afterAll, beforeAll, expect, test } from 'vitest'
import { showFileName } from '../../contract/shapes/file-name.ts'
import { isEnded } from '../../contract/shapes/run.ts'
import { ALL_RUNS, type HostRun } from '../../contract/shapes/run-page.ts'
import { runAt } from '../../test/many-runs.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { type ConsoleStore, FIRST_WORKSPACE, openConsoleStore, type RunsWanted } from './index.ts'

const HOSTS = ['a', 'b', 'c', 'd'] as const
const CONNECTED = ['a', 'c']
const NOW = new Date('2026-11-21T03:00:00.000Z')
const directory = temporaryDirectory()
const runs = Array.from({ length: 600 }, (_, at) => {
  const { hostId, run } = runAt(at * 7, HOSTS)
  // More of them go on than would in a fleet.
  return at % 40 === 3 ? { hostId, run: { ...run, state: 'running' as const, endedAt: null } } : { hostId, run }
})
let store: ConsoleStore

beforeAll(() => {
  store = openConsoleStore(directory.path, NOW)
  const host = { door: { kind: 'local' }, labels: [], pinned: false, workspace: null, agentId: null } as const
  const record = { ...host, workspaceId: FIRST_WORKSPACE, addedAt: NOW.toISOString(), lastSeenAt: null }
  store.hosts.put(...HOSTS.map((id) => ({ ...record, id, name: id })))
  // In no order: the store is told of them as they come.
  for (const { hostId, run } of runs.toSorted((a, b) => a.run.requestKey.localeCompare(b.run.requestKey) * -1)) {
    store.runs.put(hostId, run)
  }
})
afterAll(async () => {
  store[Symbol.dispose]()
  await directory[Symbol.asyncDispose]()
})

function wantedOf(change: Partial<RunsWanted> = {}): RunsWanted {
  return { ...ALL_RUNS, hostIds: HOSTS, connected: CONNECTED, named: { hosts: [], repositories: [] }, ...change }
}

/** The same, without a database: one run after the other. */
function naive(wanted: RunsWanted): HostRun[] {
  return runs
    .filter((one) => fits(one, wanted))
    .toSorted((a, b) => order(b.run.queuedAt, a.run.queuedAt) || order(b.run.id, a.run.id) || order(b.hostId, a.hostId))
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function fits({ hostId, run }: HostRun, wanted: RunsWanted): boolean {
  const { subject } = run
  const seen = isEnded(run.state) || CONNECTED.includes(hostId) ? run.state : 'unknown'
  const paths =
    subject.kind === 'restore'
      ? [subject.targetPath, subject.reason, ...subject.sources.flatMap((one) => [one.snapshotId, ...one.paths.first])]
      : subject.kind === 'backup'
        ? [...subject.paths.first, subject.snapshotId ?? '']
        : []
  const text = wanted.text.trim().toLowerCase()
  const words = [run.id, run.startedBy, ...paths].map((word) => showFileName(word).toLowerCase())
  return (
    wanted.hostIds.includes(hostId) &&
    (wanted.kinds?.includes(subject.kind) ?? true) &&
    (wanted.states?.includes(seen) ?? true) &&
    (wanted.startedBy === null || wanted.startedBy === run.startedBy) &&
    (wanted.follows === null || (subject.kind === 'restore' && subject.follows?.runId === wanted.follows)) &&
    (wanted.from === null || Date.parse(run.queuedAt) >= Date.parse(wanted.from)) &&
    (wanted.to === null || Date.parse(run.queuedAt) < Date.parse(wanted.to)) &&
    (text === '' ||
      words.some((word) => word.includes(text)) ||
      wanted.named.hosts.includes(hostId) ||
      wanted.named.repositories.includes(run.repositoryId))
  )
}

const ASKED: readonly (readonly [string, Partial<RunsWanted>])[] = [
  ['all', {}],
  ['one host', { hostIds: ['b'] }],
  ['some hosts', { hostIds: ['b', 'd'] }],
  ['no host', { hostIds: [] }],
  ['a kind', { kinds: ['backup'] }],
  ['kinds', { kinds: ['restore', 'init'] }],
  ['an end', { states: ['partial'] }],
  ['what goes on', { states: ['running'] }],
  ['what nobody knows', { states: ['unknown'] }],
  ['what goes on or is not known', { states: ['queued', 'running', 'unknown'] }],
  ['a starter', { startedBy: 'ada@desk' }],
  ['another starter', { startedBy: 'Çelik@ops' }],
  ['nobody', { startedBy: 'nobody@nowhere' }],
  ['what follows', { follows: `restore-of-${(runs.length * 7) % 1000}` }],
  ['a part of an id', { text: '-4200' }],
  ['a path', { text: '/VAR/lib/Postgresql' }],
  ['a path that is not ASCII', { text: 'ÄLICE' }],
  ['a name that is not UTF-8', { text: showFileName('/caf\udce9') }],
  ['what would be a pattern', { text: '100%_d' }],
  ['what would be an escape', { text: '\\' }],
  ['what would be any letter', { text: '_____' }],
  ['a reason', { text: 'überschrieben' }],
  ['blanks', { text: '   ' }],
  ['nothing there', { text: 'nothing like it' }],
  ['names of hosts', { text: 'nothing like it', named: { hosts: ['c'], repositories: [] } }],
  ['names of repositories', { text: 'postgres', named: { hosts: ['c'], repositories: ['a-repository-1'] } }],
  ['days', { from: '2024-01-03T00:00:00Z', to: '2024-01-09T12:00:00.000Z' }],
  ['until', { to: '2024-01-05T00:00:00Z' }],
  [
    'all at once',
    {
      hostIds: ['a', 'b'],
      kinds: ['restore'],
      states: ['partial', 'failed', 'succeeded', 'unknown'],
      text: '/etc',
      from: '2024-01-02T00:00:00Z',
    },
  ],
]

test.each(ASKED)('%s: pages one after the other are what a look at every run finds', (_, change) => {
  const wanted = wantedOf(change)
  const expected = naive(wanted)
  const found: HostRun[] = []
  for (let offset = 0; ; offset += 37) {
    const page = store.runs.page(wanted, { offset, limit: 37 })
    expect(page.total).toBe(expected.length)
    if (page.runs.length === 0) break
    found.push(...page.runs)
  }
  expect(found).toEqual(expected)
})

test('most of what is asked for here finds some runs and not all', () => {
  const lengths = ASKED.map(([, change]) => naive(wantedOf(change)).length)
  expect(lengths.filter((length) => length > 0 && length < runs.length).length).toBeGreaterThan(20)
})

test('a run that has changed is found as it is now, also where the same was asked before', () => {
  const wanted = wantedOf({ states: ['running'], connected: HOSTS })
  const before = store.runs.page(wanted, { offset: 0, limit: 500 })
  const [one] = before.runs
  if (one === undefined) throw new Error('no run goes on')
  store.runs.put(one.hostId, { ...one.run, state: 'succeeded', endedAt: '2026-11-21T02:00:00.000Z' })
  const after = store.runs.page(wanted, { offset: 0, limit: 500 })
  expect(after.total).toBe(before.total - 1)
  expect(after.runs.map(({ run }) => run.id)).toEqual(before.runs.slice(1).map(({ run }) => run.id))
  store.runs.put(one.hostId, one.run)
  // What has ended stays so.
  expect(store.runs.page(wanted, { offset: 0, limit: 500 }).total).toBe(before.total - 1)
})

test('runs like one are those of its host, kind, repository and kind of target that succeeded, the latest first', () => {
  const alike = (one: HostRun): string => {
    const { subject, repositoryId } = one.run
    return [one.hostId, repositoryId, subject.kind, subject.kind === 'restore' ? subject.target.kind : ''].join(' ')
  }
  for (const one of runs.filter(({ run }) => run.subject.kind !== 'init').slice(0, 20)) {
    const expected = naive(wantedOf())
      .filter((other) => other.run.state === 'succeeded' && alike(other) === alike(one) && other.run.id !== one.run.id)
      .flatMap(({ run: { startedAt, endedAt } }) =>
        startedAt === null || endedAt === null ? [] : [(Date.parse(endedAt) - Date.parse(startedAt)) / 1000],
      )
    expect(store.runs.secondsOfAlike(one, 1000)).toEqual(expected)
    expect(store.runs.secondsOfAlike(one, 3)).toEqual(expected.slice(0, 3))
  }
})
