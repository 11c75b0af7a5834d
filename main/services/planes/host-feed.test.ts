import { afterEach, beforeEach, expect, test } from 'vitest'
import { Fault } from '../../../contract/errors.ts'
import type { ObserveGroup } from '../../../contract/control-plane/fleet.ts'
import { ManualClock } from '../../../test/manual-clock.ts'
import { Changes } from '../changes.ts'
import { HostFeed } from './host-feed.ts'

type Deps = ConstructorParameters<typeof HostFeed>[0]

const AT = '2026-11-20T00:00:00Z'
const MINUTE = 60_000
const PLANE = {
  id: 'plane',
  workspaceId: 'ops',
  embedded: true,
  name: 'here',
  url: null,
  pin: null,
  hasToken: false,
  on: true,
  consumerPort: null,
}

let open: AsyncDisposableStack
beforeEach(() => {
  open = new AsyncDisposableStack()
})
afterEach(() => open.disposeAsync())

/** One host with one repository, one plane that is told of it, and time that passes when the test says so. */
async function world() {
  const clock = new ManualClock()
  const [hostChanges, planeChanges, asks] = [new Changes<string>(), new Changes<string>(), new Changes<string>()]
  const is = { connected: true, listable: true, plane: true, taking: true, newest: 'a'.repeat(64), kept: '' }
  const settings = new Map<string, string>()
  /** When its snapshots were asked for. */
  const listed: number[] = []
  const told: (readonly ObserveGroup[])[] = []
  const deps: Deps = {
    clock,
    hosts: {
      changes: () => hostChanges.subscribe(),
      namesOf: () => [
        {
          id: 'db-01',
          name: 'db-01',
          isConnected: is.connected,
          lastSnapshots: [{ repositoryId: 'r', snapshotId: is.newest, time: AT, at: AT }],
          repositories: [
            {
              id: 'r',
              name: 'backups',
              url: '/srv/restic',
              username: null,
              hasPassword: true,
              sample: false,
              backup: null,
              openedBefore: true,
              addedAt: AT,
            },
          ],
        },
      ],
    },
    planes: {
      changes: () => planeChanges.subscribe(),
      asks: () => asks.subscribe(),
      embedded: () => [PLANE],
      stateOf: () =>
        (is.plane ? { state: 'connected' } : { state: 'connecting' }) as ReturnType<Deps['planes']['stateOf']>,
      ask: (_, question) =>
        question({
          observe: (groups: readonly ObserveGroup[]) => {
            if (!is.taking)
              return Promise.reject(new Fault('unreachable', { host: 'here', reason: 'its disk is full' }))
            told.push(groups)
            return Promise.resolve(['1b4e28ba-2fa1-4d7a-9a3e-5d1f0c7b8e11'])
          },
        } as unknown as Parameters<typeof question>[0]),
    },
    snapshots: {
      list: () => {
        listed.push(clock.now().getTime())
        if (!is.listable && is.kept === '') {
          return Promise.reject(new Fault('unreachable', { host: 'db-01', reason: 'no route' }))
        }
        const id = is.listable ? is.newest : is.kept
        const snapshots = {
          id: [id],
          time: [AT],
          hostname: ['db-01'],
          username: ['root'],
          paths: [['/srv']],
          tags: [[]],
          treeId: ['c'.repeat(64)],
          files: [null],
          bytes: [null],
        }
        return Promise.resolve({ snapshots, keptSince: is.listable ? null : AT })
      },
    },
    settings: { get: (key) => settings.get(key) ?? null, set: (key, value) => void settings.set(key, value) },
    log: { info: () => undefined, warning: () => undefined, error: (message) => expect.fail(message) },
  }
  open.use(new HostFeed(deps))
  await clock.pass(0)
  return {
    clock,
    is,
    listed,
    told,
    hostChanges,
    planeChanges,
    asks,
    /** Something of the host is another, and what follows from it is done. */
    async changed() {
      hostChanges.announce('db-01')
      await clock.pass(1000)
    },
  }
}

test('a plane is told once of what is seen, and again when there is something new', async () => {
  const { is, told, listed, changed } = await world()
  await changed()
  await changed()
  expect(told).toHaveLength(1)
  expect(told[0]).toMatchObject([{ name: 'backups', url: null, snapshots: [{ id: is.newest }] }])
  is.newest = 'b'.repeat(64)
  await changed()
  expect(told).toHaveLength(2)
  expect(listed).toHaveLength(2)
})

test('what could not be listed is listed again soon, and then later and later, without anybody’s doing', async () => {
  const { is, told, listed, clock, changed } = await world()
  is.listable = false
  await changed()
  await clock.pass(30 * MINUTE)
  const pauses = listed.slice(1).map((at, nth) => Math.round((at - (listed[nth] ?? 0)) / 1000))
  expect(pauses.slice(0, 8)).toEqual([6, 11, 21, 41, 81, 161, 301, 301])
  is.listable = true
  await clock.pass(6 * MINUTE)
  expect(told).toHaveLength(1)
  const before = listed.length
  await clock.pass(30 * MINUTE)
  expect(listed).toHaveLength(before)
})

test('it is listed again as soon as its host is back, and not while that is away', async () => {
  const { is, told, listed, clock, changed } = await world()
  is.listable = false
  await changed()
  await clock.pass(5 * MINUTE)
  is.connected = false
  await changed()
  const before = listed.length
  await clock.pass(60 * MINUTE)
  expect(listed).toHaveLength(before)
  Object.assign(is, { connected: true, listable: true })
  await changed()
  expect(told).toHaveLength(1)
})

test('it is listed again at once when somebody asks, for their workspace', async () => {
  const { is, told, listed, clock, changed, asks } = await world()
  is.listable = false
  await changed()
  await clock.pass(20 * MINUTE)
  is.listable = true
  const before = listed.length
  asks.announce('another workspace')
  await clock.pass(0)
  expect(listed).toHaveLength(before)
  asks.announce('ops')
  await clock.pass(0)
  expect(told).toHaveLength(1)
})

test('a plane that took nothing is told again soon, and as soon as it is back', async () => {
  const { is, told, clock, changed, planeChanges } = await world()
  is.taking = false
  await changed()
  is.taking = true
  await clock.pass(6000)
  expect(told).toHaveLength(1)

  Object.assign(is, { newest: 'b'.repeat(64), taking: false })
  await changed()
  is.plane = false
  planeChanges.announce('plane')
  await clock.pass(30 * MINUTE)
  Object.assign(is, { plane: true, taking: true })
  planeChanges.announce('plane')
  await clock.pass(1000)
  expect(told).toHaveLength(2)
})

test('a list from earlier, in which the newest is missing, is told, and is not the last word', async () => {
  const { is, told, clock, changed } = await world()
  Object.assign(is, { listable: false, kept: 'd'.repeat(64) })
  await changed()
  expect(told.at(-1)).toMatchObject([{ snapshots: [{ id: is.kept }] }])
  is.listable = true
  await clock.pass(6000)
  expect(told.at(-1)).toMatchObject([{ snapshots: [{ id: is.newest }] }])
  await clock.pass(60 * MINUTE)
  expect(told).toHaveLength(2)
})
