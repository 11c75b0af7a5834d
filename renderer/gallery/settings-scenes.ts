import { Fault } from '../../contract/errors.ts'
import { USUAL_RESTORE_DEFAULT } from '../../contract/shapes/restore-default.ts'
import type { UpdateStep } from '../../contract/shapes/update.ts'
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
const FEED = 'https://updates.example/restore-console'
const CHOSEN = { target: { kind: 'path', path: '/srv/restored' }, conflicts: 'keep-both', readBack: true } as const

/** A world with settings that somebody has made. */
function settledWorld(step: UpdateStep): World {
  const world = busyWorld()
  const own = [
    { hostId: 'db-01', chosen: CHOSEN },
    { hostId: 'files-north', chosen: { ...USUAL_RESTORE_DEFAULT, readBack: false } },
  ]
  world.restoreDefaults = { everywhere: USUAL_RESTORE_DEFAULT, hosts: own }
  world.updates = { ...world.updates, feed: FEED, lookedAt: '2026-11-21T13:58:00.000Z', step }
  return world
}

const OFFER = {
  version: '0.2.0',
  notes: 'Restores go on after a cut without asking.\nThe tree opens a folder of a million files in a second.',
} as const

async function updatesInSight(): Promise<void> {
  await sees('Look now')
  document.getElementById('updates')?.scrollIntoView({ block: 'start' })
}

async function ownLinkTimes(): Promise<void> {
  const own = await found('the choice', () =>
    [...document.querySelectorAll('label')].find(({ textContent }) => textContent === 'Own'),
  )
  own.click()
  await sees('Give up connecting after')
  own.scrollIntoView({ block: 'center' })
}

async function changedTarget(): Promise<void> {
  const change = await found(
    'the button',
    () => document.querySelector<HTMLElement>('[aria-label="Change for db-01"]') ?? undefined,
  )
  change.click()
  await sees('Read back and compare')
}

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
  { id: 'settings-target', path: '/settings', world: () => settledWorld({ at: 'newest' }), act: changedTarget },
  { id: 'settings-links', path: '/settings', world: () => settledWorld({ at: 'newest' }), act: ownLinkTimes },
  {
    id: 'settings-update-found',
    path: '/settings',
    world: () => settledWorld({ at: 'found', ...OFFER }),
    act: updatesInSight,
  },
  {
    id: 'settings-update-fetching',
    path: '/settings',
    world: () => settledWorld({ at: 'fetching', ...OFFER, share: 0.42 }),
    act: updatesInSight,
  },
  {
    id: 'settings-update-failed',
    path: '/settings',
    world: () => settledWorld({ at: 'failed', problem: 'no-list' }),
    act: updatesInSight,
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
