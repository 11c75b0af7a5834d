import { Fault } from '../../contract/errors.ts'
import { found, press, sees } from './act.ts'
import { busyWorld, crowdedWorld, type World } from './console/index.ts'
import type { Scene } from './scenes.ts'

const KEY = 'restore-console-preferences'

/** A world that is looked at with some preferences; every other scene is looked at with the usual ones. */
const preferring =
  (preferences: object, world: () => World = () => busyWorld()) =>
  (): World => {
    window.localStorage.setItem(KEY, JSON.stringify(preferences))
    return world()
  }

async function keysOfPage(): Promise<void> {
  await sees('all keys')
  await new Promise((resolve) => setTimeout(resolve, 300))
  document.documentElement.dispatchEvent(
    new KeyboardEvent('keydown', { key: '?', code: 'Slash', shiftKey: true, bubbles: true }),
  )
  await sees('On this page')
}

async function refusedKey(): Promise<void> {
  const button = await found('the button', () =>
    [...document.querySelectorAll('button')].find(({ textContent }) =>
      textContent.startsWith('Change the keys for pin'),
    ),
  )
  button.focus()
  button.click()
  await new Promise((resolve) => setTimeout(resolve, 100))
  button.dispatchEvent(new KeyboardEvent('keydown', { key: 'l', code: 'KeyL', bubbles: true }))
  await sees('It is already “labels”')
  button.scrollIntoView({ block: 'center' })
}

const tree = '/hosts/db-01'

export const SETTINGS_SCENES: readonly Scene[] = [
  { id: 'settings', path: '/settings', world: () => busyWorld(), act: () => sees('In the keychain') },
  { id: 'settings-key-refused', path: '/settings', world: () => busyWorld(), act: refusedKey },
  {
    id: 'settings-loading',
    path: '/settings',
    world: () =>
      busyWorld({
        answers: new Map([
          ['system.diagnostics', 'never'],
          ['notices.settings', 'never'],
        ]),
      }),
  },
  {
    id: 'settings-error',
    path: '/settings',
    world: () =>
      busyWorld({ answers: new Map([['system.diagnostics', new Fault('internal', { reference: '4f1c' })]]) }),
    act: () => sees('4f1c'),
  },
  {
    id: 'settings-diagnostics',
    path: '/settings',
    world: () => busyWorld(),
    act: async () => {
      await press('Diagnostics…')
      await sees('runs going on')
    },
  },
  { id: 'keys', path: tree, world: () => busyWorld(), act: keysOfPage },
  { id: 'masked-hosts', path: '/', world: preferring({ masked: true }) },
  { id: 'masked-host', path: tree, world: preferring({ masked: true }) },
  { id: 'masked-audit', path: '/audit', world: preferring({ masked: true }) },
  { id: 'masked-runs', path: '/runs', world: preferring({ masked: true }) },
  { id: 'masked-run', path: '/hosts/db-01/runs/run-partial', world: preferring({ masked: true }) },
  { id: 'masked-replicas', path: '/replicas', world: preferring({ masked: true }) },
  { id: 'strong-hosts', path: '/', world: preferring({ contrast: 'more' }) },
  { id: 'roomy-large-hosts', path: '/', world: preferring({ density: 'roomy', fontSize: 150 }, crowdedWorld) },
]
