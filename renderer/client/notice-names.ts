import type { ConsoleClient } from '../../contract/console/index.ts'
import { maskActor, maskHost, maskName, type Named } from '../components/masks.ts'

/** What the field `name` is the name of, by the noun that was asked. */
const NOUNS: Readonly<Record<string, Named>> = {
  hosts: 'host',
  groups: 'group',
  machines: 'machine',
  consumers: 'consumer',
  planes: 'plane',
  replicas: 'replica',
  declaration: 'replica',
  repositories: 'repository',
  repository: 'repository',
  workspaces: 'workspace',
  workspace: 'workspace',
}

/** Things within these that have names of their own, which are no secret or are masked as what they are. */
const OTHERS = new Set(['intents', 'intent', 'parameters', 'nodes', 'entries', 'views', 'peers', 'capabilities'])

/** Fields that say their noun themselves. */
const FIELDS: Readonly<Record<string, (value: string) => void>> = {
  hostname: maskHost,
  hostName: maskHost,
  actor: maskActor,
  actors: maskActor,
  startedBy: maskActor,
  createdBy: maskActor,
  updatedBy: maskActor,
  by: noticeActor,
  lockedBy: noticeActor,
  username: noticePerson,
  groupName: (value) => maskName(value, 'group'),
  machineName: (value) => maskName(value, 'machine'),
  consumerName: (value) => maskName(value, 'consumer'),
  replicaName: (value) => maskName(value, 'replica'),
  planeName: (value) => maskName(value, 'plane'),
  repositoryName: (value) => maskName(value, 'repository'),
  labels: (value) => maskName(value, 'label'),
  address: noticeAddress,
  destination: noticeAddress,
  url: noticeAddress,
  consumerUrl: noticeAddress,
}

/** Who everything belongs to anyway; as words they stand in sentences. */
const NOBODY = new Set(['root', 'system', 'console', 'agent'])

function noticePerson(value: string): void {
  if (!NOBODY.has(value)) maskName(value, 'person')
}

/** Of `root@machine (4711)` too. */
function noticeActor(value: string): void {
  const [, person, machine] = /^([^\s@]+)@([^\s@]+)/.exec(value) ?? []
  if (person !== undefined) noticePerson(person)
  if (machine !== undefined) maskHost(machine)
}

/** The machine of `machine:7420`, `user@machine`, `https://machine/…`, `rest:https://machine:8000/…`. */
function noticeAddress(value: string): void {
  const machine = /^(?:[a-z0-9]+:)*(?:\/\/)?(?:[^/@\s]*@)?([\p{L}\p{N}][\p{L}\p{N}.-]*)/u.exec(value)?.[1]
  if (machine !== undefined && machine !== 'localhost') maskHost(machine)
}

/**
 * The same client, which remembers what is called how in all that it is told: whatever has a name has a mask from then on,
 * wherever the name comes to stand.
 */
export function noticing(client: ConsoleClient): ConsoleClient {
  return within(client, [])
}

function within<T extends object>(part: T, path: readonly string[]): T {
  return new Proxy(part, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key)
      return typeof key === 'string' && isPart(value) ? within(value, [...path, key]) : value
    },
    apply(target, self, given) {
      const answer: unknown = Reflect.apply(target as never, self, given)
      if (!(answer instanceof Promise)) return answer
      const noun = nounOf(path)
      return answer.then(
        (told: unknown) => noticed(told, noun),
        (error: unknown) => {
          // A fault names things in its fields.
          noticeIn(error, noun)
          throw error
        },
      )
    },
  })
}

function isPart(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

/** The last noun in the way to a call: `planes.groups` tells of groups. */
function nounOf(path: readonly string[]): Named | null {
  return path.map((part) => NOUNS[part] ?? null).findLast((noun) => noun !== null) ?? null
}

function noticed(told: unknown, noun: Named | null): unknown {
  if (!isStream(told)) {
    noticeIn(told, noun)
    return told
  }
  return new Proxy(told, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key)
      if (typeof value !== 'function') return value
      if (key === Symbol.asyncIterator) return () => noticed(target, noun)
      if (key !== 'next') return value.bind(target) as unknown
      return async (...given: []) => {
        const next = await target.next(...given)
        noticeIn(next.value, noun)
        return next
      }
    },
  })
}

function isStream(told: unknown): told is AsyncIterator<unknown> & AsyncIterable<unknown> {
  return typeof told === 'object' && told !== null && Symbol.asyncIterator in told
}

function noticeIn(value: unknown, noun: Named | null): void {
  if (Array.isArray(value)) {
    // A column of a listing, which may be long, is of one kind.
    if (typeof value[0] === 'object') for (const one of value) noticeIn(one, noun)
    return
  }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return
  for (const [field, inner] of Object.entries(value)) {
    if (OTHERS.has(field)) noticeIn(inner, null)
    else if (typeof inner === 'string' && field === 'name' && noun !== null) maskName(inner, noun)
    else if (typeof inner === 'string') FIELDS[field]?.(inner)
    else if (FIELDS[field] !== undefined && Array.isArray(inner)) noticeEach(inner, FIELDS[field])
    else noticeIn(inner, NOUNS[field] ?? noun)
  }
}

function noticeEach(values: readonly unknown[], notice: (value: string) => void): void {
  for (const value of values) if (typeof value === 'string') notice(value)
}
