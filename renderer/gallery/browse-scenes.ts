import { Fault } from '../../contract/errors.ts'
import { reasonOf } from '../../contract/reasons.ts'
import type { HostView } from '../../contract/shapes/host.ts'
import { found, press, sees } from './act.ts'
import { busyWorld, NEWEST_SNAPSHOT, type World } from './console/index.ts'
import { before } from './console/moments.ts'
import type { Scene } from './scenes.ts'

const path = `/hosts/db-01/repositories/db-01/snapshots/${NEWEST_SNAPSHOT}`
const away = new Fault('unreachable', { host: 'db-01', ...reasonOf('no_answer', { place: '10.20.4.11:7420' }) })

/** Rows of the tree, by the names of their boxes. */
async function rowOf(name: string): Promise<HTMLElement> {
  return found(name, () => {
    const boxes = [...document.querySelectorAll('[role=treegrid] [role=checkbox]')]
    const box = boxes.find((each) => each.getAttribute('aria-label') === name)
    return box?.closest<HTMLElement>('[role=row]') ?? undefined
  })
}

async function open(...names: readonly string[]): Promise<void> {
  for (const name of names) (await rowOf(name)).querySelector<HTMLElement>('[data-act=open]')?.click()
}

/** Put the keyboard on a row. */
async function on(name: string): Promise<void> {
  ;(await rowOf(name)).querySelector<HTMLElement>('[role=gridcell]:last-child')?.click()
}

const preview = (folders: readonly string[], name: string) => async (): Promise<void> => {
  await open(...folders)
  await on(name)
  await press('Preview')
  await sees('is recorded in the audit')
}

const postgresql = async (): Promise<void> => {
  await open('etc', 'postgresql')
  await on('postgresql.conf')
  await sees('Owner')
}

/** A world whose host goes away once the scene has read what it wants to have read. */
function leaving() {
  const world = busyWorld()
  const leave = (): void => {
    const host = world.hosts.get('db-01')
    if (host === undefined) return
    const since = before({ hours: 3, minutes: 33 })
    const link = {
      ...host.link,
      state: 'unreachable',
      since,
      ...reasonOf('no_answer', { place: '10.20.4.11:7420' }),
    } as const
    const gone: HostView = { ...host, link }
    world.keptSince = before({ hours: 3, minutes: 50 })
    for (const call of ['tree.list', 'tree.node', 'tree.totals', 'preview.read']) world.answers.set(call, away)
    world.hosts.set('db-01', gone)
    world.told.hosts.publish(gone)
  }
  return { world: (): World => world, leave }
}

const leavingHost = leaving()

/** A world whose host was away from the start: all that is seen was kept. */
function goneWorld(): World {
  const { world, leave } = leaving()
  leave()
  const gone = world()
  gone.answers.clear()
  return gone
}

/** The tree of a snapshot, what is known of a node, what is in a file, and all that while the host is away. */
export const BROWSE_SCENES: readonly Scene[] = [
  { id: 'browse', path, world: () => busyWorld() },
  { id: 'browse-details', path, world: () => busyWorld(), act: postgresql },
  {
    id: 'browse-trouble',
    path,
    world: () => busyWorld(),
    act: async () => {
      await open('etc')
      await on('shadow')
      await sees('When it was backed up')
    },
  },
  {
    id: 'browse-counted',
    path,
    world: () => busyWorld({ servedBy: 'restic' }),
    act: async () => {
      await open('home', 'maria', 'srv')
      await on('srv')
      await press('Count')
      await on('etc')
      await press('Count')
    },
  },
  {
    id: 'browse-counting',
    path,
    world: () => busyWorld({ answers: new Map([['tree.totals', 'never']]) }),
    act: async () => {
      await on('srv')
      await press('Count')
    },
  },
  {
    id: 'browse-huge',
    path,
    world: () => busyWorld(),
    act: async () => {
      await open('srv', 'share', 'radiology')
      await sees('IM_00003.dcm')
      await on('IM_00003.dcm')
    },
  },
  { id: 'browse-loading', path, world: () => busyWorld({ answers: new Map([['tree.list', 'never']]) }) },
  {
    id: 'browse-away',
    path,
    world: leavingHost.world,
    act: async () => {
      await open('etc', 'nginx')
      await rowOf('nginx.conf')
      leavingHost.leave()
      await sees('is away since')
      await open('srv', 'home')
      await sees('Not read before')
    },
  },
  {
    id: 'browse-kept',
    path,
    world: goneWorld,
    act: async () => {
      await open('etc')
      await on('hosts')
      await sees('the list of snapshots of')
    },
  },
  { id: 'host-kept', path: '/hosts/db-01', world: goneWorld },
  {
    id: 'host-never-read',
    path: '/hosts/db-01',
    world: () => {
      const gone = goneWorld()
      gone.answers.set('snapshots.list', away)
      return gone
    },
  },
  {
    id: 'browse-away-never-read',
    path,
    world: () => busyWorld({ answers: new Map([['snapshots.list', away]]) }),
  },
  { id: 'preview-text', path, world: () => busyWorld(), act: preview(['etc', 'postgresql'], 'postgresql.conf') },
  { id: 'preview-long', path, world: () => busyWorld(), act: preview(['var', 'log'], 'syslog') },
  { id: 'preview-deceiving', path, world: () => busyWorld(), act: preview(['home', 'maria'], 'line\\nbreak') },
  { id: 'preview-latin', path, world: () => busyWorld(), act: preview(['home', 'maria'], 'a*b?[c].txt') },
  { id: 'preview-image', path, world: () => busyWorld(), act: preview(['home', 'maria'], '🦊.png') },
  { id: 'preview-bytes', path, world: () => busyWorld(), act: preview(['srv', 'dumps'], 'clinic-2026-11-21.sql.zst') },
  {
    id: 'preview-forbidden',
    path,
    world: () =>
      busyWorld({ answers: new Map([['preview.read', new Fault('forbidden', { needs: 'read-contents' })]]) }),
    act: preview(['etc'], 'passwd'),
  },
  {
    id: 'preview-loading',
    path,
    world: () => busyWorld({ answers: new Map([['preview.read', 'never']]) }),
    act: preview(['etc'], 'passwd'),
  },
]
