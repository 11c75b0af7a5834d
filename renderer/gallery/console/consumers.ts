import type { Consumer, ConsumerConnection, IssuedAccess } from '../../../contract/shapes/consumer.ts'
import type { Intent } from '../../../contract/shapes/replica.ts'
import { hexId, uuidOf } from './ids.ts'
import { before } from './moments.ts'
import { CANOPY_PLANE, EMBEDDED_PLANE } from './planes.ts'

export const consumerId = (name: string): string => uuidOf(`consumer:${name}`)

const VERIFY: Intent = {
  name: 'verify',
  description: 'Restores the newest backup, boots PostgreSQL from it, reads all tables, and throws it away.',
  semantics: ['check', 'once'],
  params: {
    ready_timeout: { type: 'duration', default: '30m' },
    memory: { type: 'bytes', default: '4Gi' },
    reindex: { type: 'boolean', default: false },
    parallel: { type: 'integer', default: 2 },
    schema: { type: 'text' },
  },
}

const ANALYTICS: Intent = {
  name: 'analytics',
  description: 'Keeps a copy of the newest backup running, for reports.',
  semantics: ['check', 'url', 'redact'],
  params: { minimum_ttl: { type: 'duration', default: '2h' }, storage: { type: 'bytes', default: '20Gi' } },
}

const UPGRADE: Intent = {
  name: 'upgrade',
  description: 'Restores a copy and tries the migrations of the next version on it.',
  semantics: ['check', 'once', 'migrate'],
  params: {},
}

const FILES: Intent = { name: 'files', description: null, semantics: ['check', 'once', 'sample-rows'], params: {} }

/** Consumers in each state: at work, silent, new, and one of which its plane knows next to nothing. */
export function consumersOfEachKind(): Consumer[] {
  const embedded = (name: string, fields: Partial<Consumer>): Consumer => ({
    planeId: EMBEDDED_PLANE,
    id: consumerId(name),
    name,
    intents: [],
    registeredAt: before({ days: 90 }),
    lastSeenAt: before({ seconds: 70 }),
    lastWorklistAt: before({ seconds: 70 }),
    keyPin: hexId(name).slice(0, 43),
    silent: false,
    replicas: 0,
    ...fields,
  })
  return [
    embedded('prover-1', { intents: [VERIFY, ANALYTICS, FILES] }),
    embedded('prover-2', { intents: [VERIFY] }),
    embedded('prover-3', {
      intents: [UPGRADE],
      silent: true,
      lastSeenAt: before({ hours: 7 }),
      lastWorklistAt: before({ hours: 7, minutes: 1 }),
    }),
    embedded('prover-new', {
      registeredAt: null,
      lastWorklistAt: null,
      lastSeenAt: before({ minutes: 3 }),
      silent: true,
    }),
    {
      ...embedded('pgro-south', { intents: [VERIFY, UPGRADE] }),
      planeId: CANOPY_PLANE,
      name: null,
      registeredAt: null,
      lastSeenAt: null,
      lastWorklistAt: null,
      keyPin: null,
      silent: null,
    },
  ]
}

export function issuancesOf({ id, name }: Consumer): IssuedAccess[] {
  return ['north', 'pacs', 'north', 'web', 'laboratory', 'north'].map((group, at) => ({
    id: uuidOf(`issuance:${id}:${at}`),
    consumerId: id,
    consumerName: name,
    groupId: uuidOf(`group:${group}`),
    groupName: group,
    type: group === 'web' ? 'files' : 'postgres',
    runId: uuidOf(`attempt:${at}`),
    issuedAt: before({ minutes: 12 + at * 190 }),
    expiresAt: before({ minutes: 12 + at * 190 - 60 }),
    storage: at === 3 ? 's3' : 'rest',
    accessKeyId: at === 3 ? 'ASIAQ7EXAMPLE' : hexId(`user:${at}`).slice(0, 16),
    assumedRole: at === 3 ? 'arn:aws:iam::000000000000:role/restore-reader' : null,
    revokedAt: at === 1 ? before({ minutes: 190 }) : null,
  }))
}

export function connectionsOf(): ConsumerConnection[] {
  const asked = ['GET /restore-worklist', 'POST /restore-credentials', 'POST /restore-verification']
  return Array.from({ length: 40 }, (_, at) => ({
    at: before({ seconds: 70 + at * 33 }),
    ip: '10.20.4.17',
    userAgent: 'restore-consumer/0.1.0',
    asked: asked[at % 9 === 4 ? 1 : at % 9 === 7 ? 2 : 0] ?? '',
    status: at === 13 ? 403 : at % 9 === 7 ? 204 : 200,
  }))
}
