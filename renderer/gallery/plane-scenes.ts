import { Fault } from '../../contract/errors.ts'
import { reasonOf } from '../../contract/reasons.ts'
import { fill, found, press, pressLabelled, sees } from './act.ts'
import { consumerId } from './console/consumers.ts'
import {
  busyPlanes,
  busyWorld,
  CANOPY_PLANE,
  crowdedPlanes,
  EMBEDDED_PLANE,
  emptyPlanes,
  emptyWorld,
  replicaId,
  type World,
} from './console/index.ts'
import type { Scene } from './scenes.ts'

const at = (name: string): string => `/replicas/${EMBEDDED_PLANE}/${replicaId(name)}`
const of = (name: string, tab: string): string => `/consumers/${EMBEDDED_PLANE}/${consumerId(name)}?tab=${tab}`
const unforeseen = new Fault('internal', { reference: '7f3a-19c2' })
const forbidden = new Fault('forbidden', { needs: 'operator' })

function answering(...answers: readonly (readonly [string, Fault | 'never'])[]): () => World {
  return () => busyWorld({ answers: new Map(answers) })
}

const switchedOn = (): World => emptyWorld({ plane: emptyPlanes(true) })

/** Choose from the list of a field that is labelled so. */
async function choose(label: string, option: string): Promise<void> {
  const input = await found(label, () =>
    // The page behind has filters that are called the same.
    [...document.querySelectorAll<HTMLInputElement>('input')].findLast(
      (each) => (each.getAttribute('aria-label') ?? each.labels?.[0]?.textContent)?.trim() === label,
    ),
  )
  input.click()
  const choice = await found(option, () =>
    [...document.querySelectorAll<HTMLElement>('[role=option]')].find(
      (each) => each.textContent?.startsWith(option) === true && each.offsetParent !== null,
    ),
  )
  choice.click()
}

async function declare(): Promise<void> {
  await sees('declared')
  await press('Declare a replica…')
  await sees('Overdue after')
}

async function declared(): Promise<void> {
  await declare()
  await choose('Consumer', 'prover-1')
  await choose('Group', 'north')
  await sees('would be sent')
}

/** Another operator changes the bound while one changes the parameters. */
function contested(): World {
  const world = busyWorld()
  const replica = world.plane.replicas.find(({ id }) => id === replicaId('pacs-verify'))
  if (replica !== undefined)
    world.plane.meanwhile.set(replica.id, {
      ...replica,
      declaration: { ...replica.declaration, overdueAfter: '12h', params: { ready_timeout: '3h', memory: '16Gi' } },
      updatedBy: 'jon@field-laptop',
      updatedAt: '2026-11-21T14:03:40.000Z',
    })
  return world
}

const REPLICAS: readonly Scene[] = [
  { id: 'replicas', path: '/replicas', world: () => busyWorld(), act: () => sees('pacs-verify') },
  { id: 'replicas-attention', path: '/replicas?attention=yes', world: () => busyWorld() },
  {
    id: 'replicas-machines',
    path: '/replicas?text=north-db',
    world: () => busyWorld(),
    act: () => pressLabelled('Machines of north-db-verify'),
  },
  { id: 'replicas-none-fits', path: '/replicas?text=nothing+like+it', world: () => busyWorld() },
  {
    id: 'replicas-huge',
    path: '/replicas',
    world: () => busyWorld({ plane: crowdedPlanes() }),
    act: () => sees('000 declared'),
  },
  { id: 'replicas-no-plane', path: '/replicas', world: () => emptyWorld() },
  { id: 'replicas-no-consumer', path: '/replicas', world: switchedOn },
  {
    id: 'replicas-empty',
    path: '/replicas',
    world: () => busyWorld({ plane: { ...busyPlanes(), replicas: [], silent: [] } }),
  },
  { id: 'replicas-loading', path: '/replicas', world: answering(['replicas.watch', 'never']) },
  { id: 'replicas-error', path: '/replicas', world: answering(['replicas.watch', unforeseen]) },
  { id: 'replicas-forbidden', path: '/replicas', world: answering(['planes.watch', forbidden]) },
]

const REPLICA: readonly Scene[] = [
  { id: 'replica-failing', path: at('pacs-verify'), world: () => busyWorld(), act: () => sees('Time to restore') },
  { id: 'replica-group-wide', path: at('north-db-verify'), world: () => busyWorld(), act: () => sees('Machines') },
  { id: 'replica-gap', path: at('laboratory-analytics'), world: () => busyWorld(), act: () => sees('offer') },
  { id: 'replica-group-not-ready', path: at('ward-verify'), world: () => busyWorld() },
  { id: 'replica-never-reported', path: at('laboratory-lab-01-verify'), world: () => busyWorld() },
  {
    id: 'replica-read-only',
    path: `/replicas/${CANOPY_PLANE}/${replicaId('south-verify')}`,
    world: () => busyWorld(),
    act: () => sees('Raise to write'),
  },
  { id: 'replica-unknown', path: `/replicas/${EMBEDDED_PLANE}/none`, world: () => busyWorld() },
  {
    id: 'replica-history-error',
    path: at('pacs-verify'),
    world: answering(['verifications.page', unforeseen]),
  },
  { id: 'replica-disable', path: at('pacs-verify'), world: () => busyWorld(), act: () => press('Disable…') },
  {
    id: 'replica-delete',
    path: at('pacs-verify'),
    world: () => busyWorld(),
    act: async () => {
      await press('Delete…')
      await fill('Type pacs-verify', 'pacs')
    },
  },
  { id: 'replica-edit', path: at('pacs-verify'), world: () => busyWorld(), act: () => press('Edit…') },
  { id: 'replica-edit-gap', path: at('laboratory-analytics'), world: () => busyWorld(), act: () => press('Edit…') },
  {
    id: 'replica-changed',
    path: at('pacs-verify'),
    world: contested,
    act: async () => {
      await press('Edit…')
      await fill('ready_timeout', '4h')
      await press('Save the change')
      await sees('has changed it since')
    },
  },
  { id: 'declare-empty', path: '/replicas', world: () => busyWorld(), act: declare },
  { id: 'declare', path: '/replicas', world: () => busyWorld(), act: declared },
  {
    id: 'declare-wrong',
    path: '/replicas',
    world: () => busyWorld(),
    act: async () => {
      await declared()
      await fill('ready_timeout', '2 fortnights')
      await fill('Overdue after', 'soon')
      await fill('Name', 'pacs-verify')
    },
  },
  {
    id: 'declare-not-sent',
    path: '/replicas',
    world: () => busyWorld(),
    act: async () => {
      await declare()
      await choose('Consumer', 'prover-2')
      await choose('Group', 'ward')
      await sees('Not sent')
    },
  },
]

const CONSUMERS: readonly Scene[] = [
  { id: 'consumers', path: '/consumers', world: () => busyWorld(), act: () => sees('prover-1') },
  { id: 'consumers-empty', path: '/consumers', world: switchedOn },
  {
    id: 'consumers-own-failed',
    path: '/consumers',
    world: () => {
      const world = switchedOn()
      world.plane.own = {
        ...world.plane.own,
        state: 'failed',
        ...reasonOf('tool_absent', { tool: 'restic', wanted: '0.17.1' }),
      }
      return world
    },
    act: () => sees('cannot start'),
  },
  { id: 'consumers-no-plane', path: '/consumers', world: () => emptyWorld() },
  { id: 'consumers-loading', path: '/consumers', world: answering(['consumers.watch', 'never']) },
  { id: 'consumers-error', path: '/consumers', world: answering(['consumers.watch', unforeseen]) },
  { id: 'consumer-intents', path: of('prover-1', 'intents'), world: () => busyWorld() },
  { id: 'consumer-silent', path: of('prover-3', 'intents'), world: () => busyWorld() },
  { id: 'consumer-replicas', path: of('prover-1', 'replicas'), world: () => busyWorld() },
  { id: 'consumer-worklist', path: of('prover-1', 'worklist'), world: () => busyWorld() },
  { id: 'consumer-verifications', path: of('prover-1', 'verifications'), world: () => busyWorld() },
  { id: 'consumer-credentials', path: of('prover-1', 'credentials'), world: () => busyWorld() },
  { id: 'consumer-connections', path: of('prover-1', 'connections'), world: () => busyWorld() },
  {
    id: 'consumer-of-canopy',
    path: `/consumers/${CANOPY_PLANE}/${consumerId('pgro-south')}?tab=worklist`,
    world: () => busyWorld(),
  },
  { id: 'consumer-dismiss', path: of('prover-1', 'intents'), world: () => busyWorld(), act: () => press('Dismiss…') },
  { id: 'consumer-enrol', path: '/consumers', world: () => busyWorld(), act: () => press('Enrol a consumer…') },
  {
    id: 'consumer-code',
    path: '/consumers',
    world: () => busyWorld(),
    act: async () => {
      await sees('prover-1')
      await press('Enrol a consumer…')
      await fill('Name', 'prover-4')
      await press('Make a code')
      await sees('shown this once')
    },
  },
]

const PLANES: readonly Scene[] = [
  { id: 'planes', path: '/planes', world: () => busyWorld(), act: () => sees('The password does not open') },
  { id: 'planes-none', path: '/planes', world: () => emptyWorld() },
  { id: 'planes-empty', path: '/planes', world: switchedOn },
  { id: 'planes-loading', path: '/planes', world: answering(['planes.watch', 'never']) },
  { id: 'planes-error', path: '/planes', world: answering(['planes.watch', unforeseen]) },
  {
    id: 'plane-raised',
    path: '/planes',
    world: () => busyWorld(),
    act: async () => {
      await press('Raise to write')
      await sees('min left')
    },
  },
  { id: 'plane-raise-danger', path: '/planes', world: () => busyWorld(), act: () => press('Raise to danger…') },
  {
    id: 'plane-add',
    path: '/planes',
    world: () => busyWorld(),
    act: async () => {
      await press('Add a control plane…')
      await fill('Name', 'Canopy north')
      await fill('Address', 'https://canopy.north.example/')
      await press('Ask what is there')
      await sees('lets this console in')
    },
  },
  {
    id: 'plane-add-exists',
    path: '/planes',
    world: answering([
      'planes.probe',
      new Fault('unreachable', {
        host: 'canopy.north.example',
        ...reasonOf('name_unknown', { place: 'canopy.north.example:443' }),
      }),
    ]),
    act: async () => {
      await press('Add a control plane…')
      await fill('Name', 'Canopy north')
      await fill('Address', 'https://canopy.north.example/')
      await press('Ask what is there')
      await sees('cannot be reached')
    },
  },
  {
    id: 'plane-connect-group',
    path: '/planes',
    world: () => busyWorld(),
    act: async () => {
      await pressLabelled('Connect ward')
      await fill('Types of snapshots', 'tag pg = postgres\npath of nothing')
    },
  },
]

/** What is declared, by whom it is restored, and the planes that hold it. */
export const PLANE_SCENES: readonly Scene[] = [...REPLICAS, ...REPLICA, ...CONSUMERS, ...PLANES]
