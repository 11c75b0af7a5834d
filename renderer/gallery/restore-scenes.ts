import { conflictFor, Fault } from '../../contract/errors.ts'
import { reasonOf } from '../../contract/reasons.ts'
import { summariseRun } from '../../contract/shapes/run-summary.ts'
import { fill, found, press, sees } from './act.ts'
import { agentIdentity } from './console/fleet.ts'
import { busyWorld, NEWEST_SNAPSHOT, type World } from './console/index.ts'
import { ended } from './console/restores-to-follow.ts'
import type { Scene } from './scenes.ts'

const wizard = `/hosts/db-01/restore?repository=db-01&snapshot=${NEWEST_SNAPSHOT}`
const tree = `/hosts/db-01/repositories/db-01/snapshots/${NEWEST_SNAPSHOT}`
const busy = new Fault('host_busy', { runId: 'run-running', kind: 'restore', startedAt: '2026-11-21T14:02:11.000Z' })

function answering(path: string, answer: Fault | 'never'): () => World {
  return () => busyWorld({ answers: new Map([[path, answer]]) })
}

const whole = async (): Promise<void> => press('Take the whole snapshot')

async function box(name: string): Promise<HTMLElement> {
  return found(name, () =>
    [...document.querySelectorAll<HTMLElement>('[role=treegrid] [role=checkbox]')].find(
      (each) => each.getAttribute('aria-label') === name,
    ),
  )
}

async function open(...names: readonly string[]): Promise<void> {
  for (const name of names)
    (await box(name)).closest('[role=row]')?.querySelector<HTMLElement>('[data-act=open]')?.click()
}

/** Select some files in the tree and go to their restore. */
async function pick(): Promise<void> {
  await open('etc', 'postgresql', 'srv', 'dumps')
  for (const name of ['pg_hba.conf', 'postgresql.conf', 'clinic-2026-11-21.sql.zst']) (await box(name)).click()
  await press('Basket · 3 items')
  await sees('If a file is already there')
}

async function keys(...pressed: readonly string[]): Promise<void> {
  for (const key of pressed) {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    await new Promise((resolve) => setTimeout(resolve, 120))
  }
}

/** Two versions of one file, and a folder that holds another. */
async function clash(): Promise<void> {
  await sees('nginx.conf')
  await keys('ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowDown', 'b', 'ArrowDown', 'b')
  await press('Basket · 2 items of 2 snapshots')
  await sees('Two versions of one path')
}

/** The page over original files, with what is not in the snapshot to be deleted. */
async function inPlace(): Promise<void> {
  await press('In place')
  await press('Delete what is not in the snapshot')
  await sees('in the original places')
}

async function confirm(): Promise<void> {
  await pick()
  await inPlace()
  await fill('Type db-01', 'db-01')
  await fill('Why', 'pg_hba.conf was overwritten by the migration')
  toEnd()
}

function toEnd(): void {
  document.querySelector('main')?.scrollTo({ top: 99_999 })
}

async function folder(path: string): Promise<void> {
  await press('A folder on db-01')
  await fill('Folder', path)
}

function onDb01(change: Partial<ReturnType<typeof agentIdentity>>): () => World {
  return () => {
    const world = busyWorld()
    const host = world.hosts.get('db-01')
    if (host !== undefined) world.hosts.set('db-01', { ...host, agent: agentIdentity('db-01', change) })
    return world
  }
}

const granted = (role: 'viewer' | 'operator') => ({
  granted: { role, permissions: [], workspace: 'Northern clinics' },
})

function planning(change: Partial<World['planning']>): () => World {
  return () => {
    const world = busyWorld()
    Object.assign(world.planning, change)
    return world
  }
}

function away(): World {
  const world = busyWorld()
  const host = world.hosts.get('db-01')
  const link = {
    state: 'unreachable',
    since: '2026-11-21T10:32:00.000Z',
    ...reasonOf('no_answer', { place: '10.20.4.11:7420' }),
  } as const
  if (host !== undefined) world.hosts.set('db-01', { ...host, link: { ...host.link, ...link } })
  return world
}

function running(): World {
  const world = busyWorld()
  const host = world.hosts.get('db-01')
  const run = world.runs.get('run-backup-running')?.run
  if (host !== undefined && run !== undefined) world.hosts.set('db-01', { ...host, activeRun: summariseRun(run) })
  return world
}

/** The restore page in every state. */
export const RESTORE_SCENES: readonly Scene[] = [
  { id: 'restore-nothing', path: wizard, world: () => busyWorld() },
  { id: 'restore-from-host', path: '/hosts/db-01/restore', world: () => busyWorld() },
  { id: 'restore-loading', path: wizard, world: answering('snapshots.list', 'never') },
  { id: 'restore-ready', path: wizard, world: () => busyWorld(), act: whole },
  { id: 'restore-picked', path: tree, world: () => busyWorld(), act: pick },
  {
    id: 'restore-moment',
    path: wizard,
    world: () => busyWorld(),
    act: async () => {
      const input = await found(
        'Snapshot',
        () => document.querySelector<HTMLInputElement>('input[placeholder*="yesterday"]') ?? undefined,
      )
      input.focus()
      await fill('Snapshot', '3 days ago 14:00')
    },
  },
  {
    id: 'restore-basket',
    path: '/search?in=repository&host=db-01&repository=db-01&text=nginx.conf',
    world: () => busyWorld(),
    act: clash,
  },
  { id: 'restore-planning', path: wizard, world: answering('restores.plan', 'never'), act: whole },
  {
    id: 'restore-folder',
    path: tree,
    world: () => busyWorld(),
    act: async () => {
      await pick()
      await folder('/srv/share/back')
      await sees('differs')
    },
  },
  {
    id: 'restore-folder-unusable',
    path: wizard,
    world: answering(
      'restores.plan',
      conflictFor('target_unusable', reasonOf('target_without_parent', { path: '/srv/restored/2026' })),
    ),
    act: async () => {
      await whole()
      await folder('/srv/restored')
    },
  },
  {
    id: 'restore-in-place',
    path: tree,
    world: () => busyWorld(),
    act: async () => {
      await pick()
      await inPlace()
    },
  },
  {
    id: 'restore-in-place-whole',
    path: wizard,
    world: () => busyWorld(),
    act: async () => {
      await whole()
      await inPlace()
    },
  },
  { id: 'restore-in-place-confirmed', path: tree, world: () => busyWorld(), act: confirm },
  {
    id: 'restore-in-place-no-way-back',
    path: tree,
    world: () => busyWorld(),
    act: async () => {
      await confirm()
      await press('Take a safety snapshot first')
      toEnd()
    },
  },
  {
    id: 'restore-drifted',
    path: tree,
    world: planning({ drift: { added: 2, changed: 1, removed: 0 } }),
    act: async () => {
      await confirm()
      await press('Restore in place')
      await sees('has changed since')
      toEnd()
    },
  },
  { id: 'restore-operator', path: wizard, world: onDb01(granted('operator')), act: whole },
  { id: 'restore-viewer', path: wizard, world: onDb01(granted('viewer')), act: whole },
  { id: 'restore-not-root', path: wizard, world: onDb01({ username: 'backup', privileged: false }), act: whole },
  { id: 'restore-no-restic', path: wizard, world: onDb01({ restic: null, resticFound: '0.14.0' }) },
  { id: 'restore-no-space', path: wizard, world: planning({ free: 3 * 1024 ** 3 }), act: whole },
  {
    id: 'restore-locked',
    path: wizard,
    world: planning({ lockedBy: 'root@db-01 (4711)', secondsExpected: null }),
    act: whole,
  },
  { id: 'restore-away', path: wizard, world: away, act: whole },
  { id: 'restore-held', path: wizard, world: running, act: whole },
  {
    id: 'restore-busy',
    path: wizard,
    world: answering('restores.start', busy),
    act: async () => {
      await whole()
      await sees('Owners are not applied.')
      await press('Restore')
    },
  },
  {
    id: 'restore-huge',
    path: wizard,
    world: planning({ huge: true, free: 900 * 1024 ** 3, secondsExpected: 4_312 }),
    act: async () => {
      await whole()
      await inPlace()
    },
  },
  {
    id: 'restore-missing-snapshot',
    path: `/hosts/db-01/restore?repository=db-01&snapshot=${'0'.repeat(64)}`,
    world: () => busyWorld(),
  },
  { id: 'restore-revert', path: '/hosts/db-01/restore?from=run-in-place&as=revert', world: () => ended('in-place') },
  { id: 'restore-resume', path: '/hosts/db-01/restore?from=run-stopped&as=resume', world: () => ended('stopped') },
  { id: 'restore-retry', path: '/hosts/db-01/restore?from=run-stopped&as=retry', world: () => ended('stopped') },
  { id: 'restore-no-way-back', path: '/hosts/db-01/restore?from=run-stopped&as=revert', world: () => ended('stopped') },
]
