import { reasonOf } from '../../../contract/reasons.ts'
import type { Plane, PlaneFeature, PlaneGroup } from '../../../contract/shapes/plane.ts'
import { hexId, uuidOf } from './ids.ts'
import { before, type Span } from './moments.ts'

export const EMBEDDED_PLANE = uuidOf('plane:embedded')
export const CANOPY_PLANE = uuidOf('plane:canopy')
export const SILENT_PLANE = uuidOf('plane:silent')

export const ALL_FEATURES: readonly PlaneFeature[] = [
  'standings',
  'preview',
  'worklists',
  'issuances',
  'history',
  'groups',
  'enrolment',
  'unless-changed',
]

/** The one that the console carries itself, switched on or off. */
export function embeddedPlane(on: boolean): Plane {
  return {
    id: EMBEDDED_PLANE,
    kind: 'embedded',
    name: 'Embedded',
    url: null,
    hasToken: false,
    consumerPort: on ? 8443 : null,
    pin: on ? 'q0mWq1nVb0sVbXq8l8VwJmS4hW0v5b4o3u5mJ5m1g7A' : null,
    connection: on
      ? {
          state: 'connected',
          dialect: 'ours',
          features: [...ALL_FEATURES],
          version: '0.1.0',
          safety: { mode: null, until: null },
          consumerUrl: 'https://ops-laptop.clinics.example:8443',
        }
      : { state: 'off' },
  }
}

/** A Canopy with safety modes, and one that does not answer. */
export function remotePlanes(): Plane[] {
  return [
    {
      id: CANOPY_PLANE,
      kind: 'remote',
      name: 'Canopy south',
      url: 'https://canopy.south.example/',
      hasToken: false,
      pin: null,
      consumerPort: null,
      connection: {
        state: 'connected',
        dialect: 'descriptors',
        features: [],
        version: null,
        safety: { mode: 'read-only', until: null },
        consumerUrl: null,
      },
    },
    {
      id: SILENT_PLANE,
      kind: 'remote',
      name: 'Laboratory plane',
      url: 'https://plane.laboratory.example:8444/',
      hasToken: true,
      pin: 'Zr0v5b4o3u5mJ5m1g7Aq0mWq1nVb0sVbXq8l8VwJmS4',
      consumerPort: null,
      connection: {
        state: 'failed',
        fault: {
          code: 'unreachable',
          data: {
            host: 'plane.laboratory.example',
            ...reasonOf('nothing_listens', { place: 'plane.laboratory.example:8444' }),
          },
        },
        since: before({ minutes: 25 }),
      },
    },
  ]
}

type Machine = PlaneGroup['machines'][number]

interface GroupOptions extends Partial<Omit<PlaneGroup, 'machines' | 'name'>> {
  readonly machines: readonly Machine[]
}

export function machineOf(name: string, type: string | null, age: Span = { hours: 3 }): Machine {
  const at = before(age)
  return {
    id: uuidOf(`machine:${name}`),
    name,
    archived: false,
    hostId: /^(db-0|web-0|files-north|pacs-archive)/.test(name) ? name : null,
    backups: type === null ? [] : [{ type, snapshotId: newestOf(name), snapshotAt: at, takenAt: at }],
  }
}

/** The id of the newest snapshot of a machine. */
export function newestOf(machine: string): string {
  return hexId(`newest:${machine}`)
}

export function groupOf(name: string, options: GroupOptions): PlaneGroup {
  const { machines, ...fields } = options
  return {
    id: uuidOf(`group:${name}`),
    name,
    status: 'ready',
    reason: null,
    url: `rest:https://backup.example:8000/${name}/`,
    repositoryId: hexId(`repository:${name}`),
    machines: [...machines],
    types: [...new Set(machines.flatMap(({ backups }) => backups.map(({ type }) => type)))],
    typeRules: [],
    observedAt: before({ minutes: 2 }),
    ...fields,
  }
}

const several = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}-${String(at + 1).padStart(2, '0')}`)

/** The groups that a plane knows, by the plane's id. */
export function groupsOfEachKind(): Map<string, readonly PlaneGroup[]> {
  const embedded = [
    groupOf('north', { machines: several('db', 12).map((name, at) => machineOf(name, 'postgres', { hours: 2 + at })) }),
    groupOf('pacs', { machines: [machineOf('pacs-archive', 'postgres')] }),
    groupOf('laboratory', { machines: several('lab', 2).map((name) => machineOf(name, 'postgres')) }),
    groupOf('web', { machines: several('web', 3).map((name) => machineOf(name, 'files')) }),
    groupOf('files', { machines: [machineOf('files-north', 'files'), machineOf('files-new', null)] }),
    groupOf('ward', {
      status: 'provisioning',
      reason: 'The password does not open this repository.',
      machines: [machineOf('ward-01', 'files')],
    }),
    groupOf('archive', { status: 'provisioning', url: null, machines: [] }),
  ]
  const south = [groupOf('south', { machines: several('south', 4).map((name) => machineOf(name, 'tamanu-postgres')) })]
  return new Map([
    [EMBEDDED_PLANE, embedded],
    [CANOPY_PLANE, south.map((group) => ({ ...group, status: null, url: null, repositoryId: null, observedAt: null }))],
  ])
}
