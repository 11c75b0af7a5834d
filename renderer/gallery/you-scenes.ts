import type { Notice, NoticeEvent, ProofNotice } from '../../contract/shapes/notice.ts'
import { NO_COUNTS } from '../../contract/shapes/run.ts'
import { press, pressLabelled, sees } from './act.ts'
import { busyWorld, crowdedWorld, emptyWorld } from './console/index.ts'
import type { Scene } from './scenes.ts'

function told(change: Partial<Notice>): NoticeEvent {
  const of = {
    hostId: 'db-01',
    host: 'db-01',
    runId: 'run-partial',
    kind: 'restore',
    names: '/var/restic-restore/0f3a',
  }
  const counts = { ...NO_COUNTS, restored: 1204, skipped: 12, failed: 3 }
  const notice = { id: 'one', state: 'partial', counts, ...of, ...change } as Notice
  return { event: 'told', notice, inWindow: true, system: null }
}

function proof(change: Partial<ProofNotice>): NoticeEvent {
  const of = {
    planeId: '8d6f5b0e-52a1-4a0f-9d0a-0c4d3a2f1b10',
    replicaId: 'none',
    name: 'north-verify',
    machines: ['db-01'],
  }
  const counts = { failing: 0, overdue: 0, gap: 0 }
  const notice = { id: 'proof', state: 'failing', counts, cause: '', ...of, ...change } as const
  return { event: 'proof', notice, inWindow: true, system: null }
}

const proofs = [
  proof({ cause: 'PostgreSQL 15 did not start: could not locate a valid checkpoint record' }),
  proof({ id: 'gap', state: 'gap', name: 'north-analytics' }),
  proof({
    id: 'many',
    state: 'many',
    replicaId: null,
    name: 'Embedded',
    machines: [],
    counts: { failing: 2, overdue: 0, gap: 10 },
  }),
]

const well = [
  proof({ id: 'overdue', state: 'overdue', machines: ['pacs-archive', 'pacs-north', 'pacs-south'] }),
  proof({ id: 'well', state: 'healthy', machines: [] }),
]

const ended = [
  told({}),
  told({ id: 'two', host: 'pacs-archive', state: 'succeeded', counts: { ...NO_COUNTS, restored: 88 } }),
  told({ id: 'three', host: 'web-02', kind: 'backup', state: 'failed', counts: NO_COUNTS, names: '/etc' }),
]

const about = async (): Promise<void> => {
  await pressLabelled('You')
  await press('About you…')
}

const settings = async (): Promise<void> => {
  await pressLabelled('You')
  await press('Notifications…')
  await sees('In the window')
}

/** Who works here, and what this console tells them. */
export const YOU_SCENES: readonly Scene[] = [
  { id: 'notices', path: '/audit', world: () => busyWorld({ notices: ended }), act: () => sees('View run') },
  {
    id: 'notices-proofs',
    path: '/audit',
    world: () => busyWorld({ notices: proofs }),
    act: () => sees('View replicas'),
  },
  {
    id: 'notices-proof-well',
    path: '/audit',
    world: () => busyWorld({ notices: well }),
    act: () => sees('healthy again'),
  },
  { id: 'notices-settings', path: '/', world: () => busyWorld(), act: settings },
  {
    id: 'notices-settings-browser',
    path: '/',
    world: () => {
      const world = busyWorld()
      world.system = { ...world.system, shell: 'headless' }
      return world
    },
    act: settings,
  },
  { id: 'about-you', path: '/', world: () => busyWorld(), act: about },
  { id: 'about-you-many', path: '/', world: () => crowdedWorld(), act: about },
  { id: 'about-you-first-day', path: '/', world: () => emptyWorld(), act: about },
]
