import { Fault } from '../../contract/errors.ts'
import { writeEnrolment } from '../../contract/shapes/enrolment.ts'
import { fill, found, press, sees } from './act.ts'
import { agentIdentity, pinOf, repositoryView } from './console/fleet.ts'
import { busyWorld, crowdedWorld, emptyWorld, type World } from './console/index.ts'
import type { Scene } from './scenes.ts'

const line = writeEnrolment({
  address: 'db-07.clinic.example:7420',
  pin: pinOf('db-07'),
  code: 'Zm9vYmFyYmF6cXV4Zm9vYg',
  workspace: 'Northern clinics',
  role: 'operator',
})

async function enrol(text: string): Promise<void> {
  await press('Enrol a host…')
  await fill('Line', text)
}

const enrolling = (what: string, detail = 'db-07.clinic.example:7420'): Omit<Scene, 'id'> => ({
  path: '/',
  world: () => busyWorld({ answers: new Map([['hosts.enrol', new Fault('conflict', { what, detail })]]) }),
  act: async () => {
    await enrol(line)
    await press('Enrol')
    await sees('Enrol')
  },
})

const absent = new Fault('repository_not_initialised', {})

/** A console whose db-01 has a repository at whose place there is none. */
function withoutRepository(openedBefore: boolean): World {
  const world = busyWorld({ answers: new Map([['snapshots.list', absent]]) })
  const host = world.hosts.get('db-02')
  if (host === undefined) throw new Error('the world has no db-02')
  world.hosts.set('db-02', { ...host, repositories: [repositoryView('db-02', { openedBefore, backup: null })] })
  return world
}

/** A console that may only look at db-02. */
function asViewer(): World {
  const world = busyWorld()
  const host = world.hosts.get('db-02')
  if (host === undefined) throw new Error('the world has no db-02')
  const granted = { role: 'viewer', permissions: [], workspace: 'Northern clinics' } as const
  const agent = agentIdentity('db-02', { granted: { ...granted, permissions: [] } })
  world.hosts.set('db-02', { ...host, agent })
  return world
}

async function more(item: string): Promise<void> {
  const button = await found('More', () => document.querySelector<HTMLElement>('[aria-label^="More for"]') ?? undefined)
  button.click()
  await pressItem(item)
}

async function pressItem(item: string): Promise<void> {
  const items = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[role=menuitem]')]
  const wanted = await found(item, () => items().find(({ textContent }) => textContent?.trim() === item))
  wanted.click()
}

/** The fleet, enrolling, and what is done with one host. */
export const HOST_SCENES: readonly Scene[] = [
  { id: 'fleet-thousand', path: '/', world: () => crowdedWorld() },
  {
    id: 'fleet-away',
    path: '/',
    world: () => crowdedWorld(),
    act: () => fill('Filter hosts', 'state:away label:db'),
  },
  { id: 'enrol-empty', path: '/', world: () => busyWorld(), act: () => press('Enrol a host…') },
  {
    id: 'enrol-install',
    path: '/',
    world: () => emptyWorld(),
    act: async () => {
      await press('Enrol a host…')
      await press('Where does that line come from?')
    },
  },
  { id: 'enrol-line', path: '/', world: () => busyWorld(), act: () => enrol(line) },
  { id: 'enrol-cut-off', path: '/', world: () => busyWorld(), act: () => enrol(line.slice(0, 90)) },
  { id: 'enrol-other-key', ...enrolling('other_key') },
  { id: 'enrol-used', ...enrolling('code_used') },
  {
    id: 'enrol-ssh',
    path: '/',
    world: () => busyWorld(),
    act: async () => {
      await press('Enrol a host…')
      await press('Through ssh')
      await fill('Destination', 'root@web-03.clinic.example')
    },
  },
  { id: 'host-refused', path: '/hosts/vpn-gate', world: () => busyWorld() },
  { id: 'host-viewer', path: '/hosts/db-02', world: asViewer },
  { id: 'host-ssh', path: '/hosts/web-02', world: () => busyWorld() },
  { id: 'host-not-initialised', path: '/hosts/db-02', world: () => withoutRepository(false) },
  {
    id: 'host-initialise-anew',
    path: '/hosts/db-02',
    world: () => withoutRepository(true),
    act: () => press('Create anew…'),
  },
  {
    id: 'host-menu',
    path: '/hosts/db-01',
    world: () => busyWorld(),
    act: () => press('Host'),
  },
  {
    id: 'host-edit',
    path: '/hosts/db-01',
    world: () => busyWorld(),
    act: async () => {
      await press('Host')
      await pressItem('Name and labels…')
    },
  },
  {
    id: 'host-remove',
    path: '/hosts/db-01',
    world: () => busyWorld(),
    act: async () => {
      await press('Host')
      await pressItem('Remove this host…')
    },
  },
  {
    id: 'repository-change',
    path: '/hosts/db-01',
    world: () => busyWorld(),
    act: () => more('Name and passwords…'),
  },
  {
    id: 'repository-backup',
    path: '/hosts/db-01',
    world: () => busyWorld(),
    act: () => more('What a backup takes…'),
  },
  {
    id: 'repository-made-password',
    path: '/hosts/db-01',
    world: () => busyWorld(),
    act: async () => {
      await press('Add a repository…')
      await fill('Address', 'rest:https://backup.example:8000/db-01/')
      await fill('User of the REST server', 'db-01')
      await press('Make one')
    },
  },
  { id: 'run-backup', path: '/hosts/db-01/runs/run-backup-running', world: () => busyWorld() },
  { id: 'run-backup-over', path: '/hosts/db-01/runs/run-backup-succeeded', world: () => busyWorld() },
  { id: 'run-backup-partial', path: '/hosts/db-01/runs/run-backup-partial', world: () => busyWorld() },
]
