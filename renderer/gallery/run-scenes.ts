import { fill, found, press, sees } from './act.ts'
import { busyWorld, emptyWorld, worldRunning } from './console/index.ts'
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
  { id: 'runs', path: '/runs', world: () => busyWorld() },
  { id: 'runs-empty', path: '/runs', world: () => emptyWorld() },
]
