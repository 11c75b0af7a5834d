import { Fault } from '../../contract/errors.ts'
import { reasonOf } from '../../contract/reasons.ts'
import { fill, found, press, sees } from './act.ts'
import { busyWorld, emptyWorld, type World, worldRunning } from './console/index.ts'
import { quickRestores, runHistory } from './console/run-history.ts'
import type { Scene } from './scenes.ts'

const states = [
  'running',
  'succeeded',
  'partial',
  'failed',
  'cancelled',
  'interrupted',
  'unknown',
  'queued',
  'damaged',
  'originals',
  'undone',
  'revert',
  'unread',
  'million',
] as const
const phases = ['planning', 'saving', 'restoring', 'verifying'] as const
const path = (run: string): string => `/hosts/files-north/runs/run-${run}`

/** Go through the failed items of a million, and look at one. */
async function showItem(): Promise<void> {
  await press('failed 2')
  const row = await found('a row', () => document.querySelector<HTMLElement>('[data-row="0"]') ?? undefined)
  row.click()
  await sees('Copy path')
}

const AWAY = new Fault('unreachable', { host: 'lab-win-7', ...reasonOf('no_answer', { place: '10.20.4.30:7420' }) })
const BUG = new Fault('internal', { reference: '7f3a-19c2' })

/** A fleet with years behind it: a hundred thousand runs. */
function hugeWorld(): World {
  const world = busyWorld()
  world.history = runHistory([...world.hosts.keys()], 100_000)
  return world
}

/** A run that nobody here has opened while its host could be reached. */
function awayWorld(): World {
  const world = busyWorld({
    answers: new Map<string, Fault | 'never'>([
      ['runs.get', AWAY],
      ['runs.follow', 'never'],
    ]),
  })
  const [one] = quickRestores('lab-win-7', 70)
  if (one !== undefined) world.history = [{ ...one, run: { ...one.run, id: 'run-elsewhere' } }]
  return world
}

async function showRuns(): Promise<void> {
  const tab = await found('Runs', () =>
    [...document.querySelectorAll<HTMLElement>('[role="tab"]')].find(({ textContent }) => textContent === 'Runs'),
  )
  tab.click()
}

/** Runs: in each state, of each kind, in each phase, and the list of them. */
export const RUN_SCENES: readonly Scene[] = [
  ...states.map((state): Scene => ({ id: `run-${state}`, path: path(state), world: () => busyWorld() })),
  ...phases.map(
    (phase): Scene => ({ id: `run-phase-${phase}`, path: path('running'), world: () => worldRunning(phase) }),
  ),
  { id: 'run-sample', path: '/hosts/local/runs/run-sample-running', world: () => busyWorld() },
  { id: 'run-sample-over', path: '/hosts/local/runs/run-sample-succeeded', world: () => busyWorld() },
  { id: 'run-lost', path: path('gone'), world: () => busyWorld() },
  { id: 'run-cancelling', path: path('running'), world: () => busyWorld(), act: () => press('Cancel…') },
  {
    id: 'run-cancelling-parts',
    path: path('running'),
    world: () => worldRunning('restoring'),
    act: () => press('Cancel…'),
  },
  { id: 'run-million-item', path: path('million'), world: () => busyWorld(), act: showItem },
  {
    id: 'run-million-filtered',
    path: path('million'),
    world: () => busyWorld(),
    act: () => fill('Filter paths', '0042/scan'),
  },
  {
    id: 'run-million-none',
    path: path('million'),
    world: () => busyWorld(),
    act: () => fill('Filter paths', 'nothing like it'),
  },
  { id: 'run-away', path: '/hosts/lab-win-7/runs/run-elsewhere', world: awayWorld },
  { id: 'run-late', path: path('running'), world: () => busyWorld({ history: quickRestores('files-north', 70) }) },
  { id: 'run-usual', path: path('running'), world: () => busyWorld({ history: quickRestores('files-north', 400) }) },
  { id: 'run-log-none', path: path('partial'), world: () => busyWorld(), act: () => fill('Filter the log', 'zzz') },
  { id: 'runs', path: '/runs', world: () => busyWorld() },
  { id: 'runs-huge', path: '/runs', world: hugeWorld },
  { id: 'runs-narrowed', path: '/runs?state=trouble&kind=restore&when=30d', world: hugeWorld },
  { id: 'runs-days', path: '/runs?when=2026-11-01..2026-11-10&text=radiology', world: hugeWorld },
  { id: 'runs-none-fits', path: '/runs?text=nothing+like+it&state=failed', world: () => busyWorld() },
  { id: 'runs-loading', path: '/runs', world: () => busyWorld({ answers: new Map([['runs.page', 'never']]) }) },
  { id: 'runs-error', path: '/runs', world: () => busyWorld({ answers: new Map([['runs.page', BUG]]) }) },
  {
    id: 'host-runs',
    path: '/hosts/files-north',
    world: () => busyWorld({ history: quickRestores('files-north', 70) }),
    act: showRuns,
  },
  { id: 'runs-empty', path: '/runs', world: () => emptyWorld() },
]
