import { Fault } from '../../contract/errors.ts'
import { reasonOf } from '../../contract/reasons.ts'
import { fill, press } from './act.ts'
import { AUDIT_SCENES } from './audit-scenes.ts'
import { BROWSE_SCENES } from './browse-scenes.ts'
import { COMPARE_SCENES } from './compare-scenes.ts'
import { busyWorld, emptyWorld, type World } from './console/index.ts'
import { FAN_OUT_SCENES } from './fan-out-scenes.ts'
import { HOST_SCENES } from './host-scenes.ts'
import { PALETTE_SCENES } from './palette-scenes.ts'
import { PLANE_SCENES } from './plane-scenes.ts'
import { RESTORE_SCENES } from './restore-scenes.ts'
import { RUN_SCENES } from './run-scenes.ts'
import { SEARCH_SCENES } from './search-scenes.ts'
import { SETTINGS_SCENES } from './settings-scenes.ts'
import { WORKSPACE_SCENES } from './workspace-scenes.ts'
import { YOU_SCENES } from './you-scenes.ts'

/** One screen in one state: a world, an address in it, and what is done there before one looks. */
export interface Scene {
  readonly id: string
  readonly path: string
  readonly world: () => World
  readonly act?: () => Promise<void>
  /** The window has lost its connection to main. */
  readonly lost?: true
}

const unreachable = new Fault('unreachable', {
  host: 'backup.example',
  ...reasonOf('name_unknown', { place: 'backup.example' }),
})
const busy = new Fault('host_busy', { runId: 'run-running', kind: 'restore', startedAt: '2026-11-21T14:02:11.000Z' })

function answering(path: string, answer: Fault | 'never', fields: Partial<World> = {}): () => World {
  return () => busyWorld({ answers: new Map([[path, answer]]), ...fields })
}

async function addRepository(): Promise<void> {
  await press('Add a repository…')
}

async function fillRepository(url = 'rest:https://backup.example:8000/laptop/'): Promise<void> {
  await addRepository()
  await fill('Address', url)
  await fill('Password of the repository', 'hunter2')
}

async function testRepository(): Promise<void> {
  await fillRepository()
  await press('Test')
  await new Promise((resolve) => setTimeout(resolve, 150))
}

const firstDay =
  (answers: readonly (readonly [string, Fault])[] = []) =>
  () =>
    emptyWorld({ answers: new Map(answers) })
const testing = (fault: Fault) => ({ path: '/', world: firstDay([['repositories.test', fault]]), act: testRepository })
const NO_KEYCHAIN = reasonOf('keychain_said', {
  said: 'org.freedesktop.secrets was not provided by any .service files',
})
const file = (state: 'absent' | 'locked') => () => emptyWorld({ secrets: { store: 'file', state, ...NO_KEYCHAIN } })
/** Every screen in every state that it was made for. */
export const SCENES: readonly Scene[] = [
  { id: 'welcome', path: '/', world: () => emptyWorld() },
  { id: 'welcome-loading', path: '/', world: answering('hosts.watch', 'never') },
  {
    id: 'welcome-busy',
    path: '/',
    world: firstDay([['repositories.createSample', busy]]),
    act: () => press('Try it with a sample'),
  },
  { id: 'vault-choose', path: '/', world: file('absent'), act: () => fill('Passphrase', 'correct horse') },
  { id: 'vault-unlock', path: '/', world: file('locked') },
  {
    id: 'vault-wrong',
    path: '/',
    world: file('locked'),
    act: async () => {
      await fill('Passphrase', 'not this one')
      await press('Unlock')
    },
  },
  { id: 'repository-empty', path: '/', world: firstDay(), act: addRepository },
  { id: 'repository-passed', path: '/', world: firstDay(), act: testRepository },
  { id: 'repository-unreachable', ...testing(unreachable) },
  { id: 'repository-refused', ...testing(new Fault('unauthenticated', { by: 'backend' })) },
  { id: 'repository-wrong-password', ...testing(new Fault('wrong_password', {})) },
  { id: 'repository-none', ...testing(new Fault('repository_not_initialised', {})) },
  { id: 'repository-locked', ...testing(new Fault('repository_locked', { by: 'root@db-01 (4711)', since: null })) },
  { id: 'hosts', path: '/', world: () => busyWorld() },
  { id: 'hosts-none-fits', path: '/', world: () => busyWorld(), act: () => fill('Filter hosts', 'nothing like it') },
  { id: 'hosts-lost', path: '/', world: () => busyWorld(), lost: true },
  { id: 'host', path: '/hosts/db-01', world: () => busyWorld() },
  { id: 'host-local', path: '/hosts/local', world: () => busyWorld() },
  {
    id: 'host-filtered',
    path: '/hosts/db-01',
    world: () => busyWorld(),
    act: () => fill('Filter snapshots', 'upgrade'),
  },
  { id: 'host-none-fits', path: '/hosts/db-01', world: () => busyWorld(), act: () => fill('Filter snapshots', 'zzz') },
  { id: 'host-loading', path: '/hosts/db-01', world: answering('snapshots.list', 'never') },
  { id: 'host-error', path: '/hosts/db-01', world: answering('snapshots.list', unreachable) },
  { id: 'host-no-snapshots', path: '/hosts/db-01', world: () => busyWorld({ snapshots: new Map() }) },
  { id: 'host-no-restic', path: '/hosts/pacs-archive', world: () => busyWorld() },
  { id: 'host-unreachable', path: '/hosts/lab-win-7', world: answering('snapshots.list', unreachable) },
  { id: 'host-no-repository', path: '/hosts/web-02', world: () => busyWorld() },
  { id: 'host-unknown', path: '/hosts/nowhere', world: () => busyWorld() },
  ...HOST_SCENES,
  ...BROWSE_SCENES,
  ...COMPARE_SCENES,
  ...SEARCH_SCENES,
  ...RESTORE_SCENES,
  ...RUN_SCENES,
  ...WORKSPACE_SCENES,
  ...YOU_SCENES,
  ...PALETTE_SCENES,
  ...SETTINGS_SCENES,
  ...AUDIT_SCENES,
  ...FAN_OUT_SCENES,
  ...PLANE_SCENES,
]
