import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DeviceRole } from '../../contract/control-plane/fleet.ts'
import { PlaneProblem } from '../../contract/control-plane/problem.ts'
import type { CredentialIssuer, PlaneContext, PlaneDeps } from '../api/deps.ts'
import { planeApi } from '../api/index.ts'
import { covers } from '../replicas/access.ts'
import { type Group, openStore, type PlaneStore } from '../store/index.ts'

const HOUR = 3_600_000

export interface Reply {
  readonly status: number
  readonly type: string | null
  readonly body: unknown
}

/** A control plane over plain HTTP, on a store of its own: who asks stands in headers, where a listener has certificates and tokens. */
export interface PlaneWorld extends AsyncDisposable {
  readonly store: PlaneStore
  readonly directory: string
  readonly url: string
  /** What the log was told. */
  readonly logged: unknown[]
  now(): Date
  /** Milliseconds. */
  pass(time: number): void
  addDevice(role?: DeviceRole, name?: string): string
  addGroup(change?: Partial<Group>): string
  addMachine(groupId: string, name: string): string
  /** The plane heard of it now. */
  backUp(machineId: string, type: string, snapshotId: string): void
  /** As an operator. */
  operate(path: string, body: unknown, who?: { readonly login?: string; readonly session?: string }): Promise<Reply>
  /** As a device. */
  consume(deviceId: string | null, path: string, body?: unknown): Promise<Reply>
}

interface Options {
  readonly safetyModes?: boolean
  /** Where an earlier world was. */
  readonly directory?: string
}

export async function planeWorld({ safetyModes = false, directory: kept }: Options = {}): Promise<PlaneWorld> {
  const directory = kept ?? mkdtempSync(join(tmpdir(), 'plane-world-'))
  const store = openStore(join(directory, 'plane.db'))
  const logged: unknown[] = []
  let time = Date.UTC(2026, 5, 1, 12)
  const now = () => new Date(time)
  const api = planeApi(depsOf({ store, now, safetyModes, log: (_, error) => logged.push(error) }))
  const server = createServer((request, response) => {
    const context = contextOf(store, request.headers)
    const handle = request.url?.startsWith('/api/') ? api.operator : api.consumer
    void handle(request, response, context).then((answered) => answered || response.writeHead(404).end())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    store,
    directory,
    url,
    logged,
    now,
    ...makers(store, now),
    pass: (milliseconds) => {
      time += milliseconds
    },
    operate: (path, body, { login = 'ada', session } = {}) => {
      const headers = { 'x-login': login, ...(session === undefined ? {} : { 'x-canopy-session': session }) }
      return ask(`${url}/api/${path}`, { method: 'POST', headers, body })
    },
    consume: (deviceId, path, body) => {
      const pin = deviceId === null ? undefined : (store.devices.get(deviceId)?.keyPin ?? deviceId)
      const headers: Record<string, string> = pin === undefined ? {} : { 'x-pin': pin }
      return ask(`${url}${path}`, { method: body === undefined ? 'GET' : 'POST', headers, body })
    },
    [Symbol.asyncDispose]: async () => {
      api[Symbol.dispose]()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
      store[Symbol.dispose]()
      if (kept === undefined) rmSync(directory, { recursive: true })
    },
  }
}

function makers(store: PlaneStore, now: () => Date) {
  const at = () => now().toISOString()
  return {
    addDevice: (role: DeviceRole = 'backup-restore', name = 'verifier') => {
      const id = randomUUID()
      store.devices.insert({ id, name, role, keyPin: `pin-of-${id}`, firstSeenAt: at() })
      return id
    },
    addGroup: (change: Partial<Group> = {}) => {
      const id = randomUUID()
      const place = { storage: 'rest', bucket: '', prefix: '', region: '' } as const
      const state = { status: 'ready', reason: null, url: 'rest:https://backup.example/', observedAt: null } as const
      const rest = { repositoryId: null, typeRules: [], madeAt: at() }
      store.groups.put({ id, name: `group ${id}`, ...place, ...state, ...rest, ...change })
      return id
    },
    addMachine: (groupId: string, name: string) => {
      const id = randomUUID()
      store.machines.put({ id, groupId, name, deviceId: null, firstSeenAt: at(), archivedAt: null })
      return id
    },
    backUp: (machineId: string, type: string, snapshotId: string) => {
      store.machines.putBackup({ machineId, type, snapshotId, reportedAt: at(), takenAt: at() })
    },
  }
}

function contextOf(store: PlaneStore, headers: NodeJS.Dict<string | string[]>): PlaneContext {
  const text = (name: string) => String(headers[name] ?? '') || null
  const [pin, login] = [text('x-pin'), text('x-login')]
  return {
    pin,
    device: pin === null ? null : (store.devices.byPin(pin) ?? null),
    operator: login === null ? null : { login },
    session: text('x-canopy-session'),
    ip: '127.0.0.1',
  }
}

interface Asked {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: unknown
}

/** A body that is a text goes out as it is. */
async function ask(url: string, { method, headers, body }: Asked): Promise<Reply> {
  const sent = typeof body === 'string' ? body : JSON.stringify(body)
  const asked = { method, headers: { ...headers, 'content-type': 'application/json' } }
  const reply = await fetch(url, body === undefined ? asked : { ...asked, body: sent })
  const text = await reply.text()
  const type = reply.headers.get('content-type')
  const parsed: unknown = type?.includes('json') ? JSON.parse(text) : text
  return { status: reply.status, type, body: parsed }
}

type Given = Pick<PlaneDeps, 'store' | 'now' | 'safetyModes' | 'log'>

function depsOf(given: Given): PlaneDeps {
  const { store, now } = given
  const absent = () => {
    throw new PlaneProblem('upstream', 'This plane has no repositories.')
  }
  return {
    ...given,
    newId: randomUUID,
    issuer: issuerOf(store, now),
    repositories: {
      connect: absent,
      disconnect: absent,
      observe: absent,
      look: () => undefined,
      refresh: () => Promise.resolve(),
    },
    enrolment: { code: absent, redeem: absent },
    describe: () => ({ version: '1.0.0', consumer_url: null, plane_pin: null }),
    repositoryUrl: (groupId) => `rest:https://plane.example/repositories/${groupId}/`,
  }
}

/** Records what it gives out, as the real one does, and gives out what opens nothing. */
function issuerOf(store: PlaneStore, now: () => Date): CredentialIssuer {
  return {
    issue: ({ id: deviceId }, { group: groupId, type, run_id }) => {
      if (!covers(store.declarations.ofConsumer(deviceId), { consumerId: deviceId, groupId, type })) {
        return Promise.reject(new PlaneProblem('auth-insufficient-permissions', 'Nothing covers it.'))
      }
      const [issuedAt, expiresAt] = [now().toISOString(), new Date(now().getTime() + HOUR).toISOString()]
      const accessKeyId = randomUUID()
      const where = { storage: 'rest', bucket: '', prefix: '', assumedRole: null, stsRequestId: null } as const
      const given = { id: randomUUID(), deviceId, groupId, type, runId: run_id ?? null, issuedAt, expiresAt }
      store.issuances.insert({ ...given, accessKeyId, secretHash: 'none', ...where })
      const credentials = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: 'secret', SessionToken: '' } as const
      return Promise.resolve({ credentials: { ...credentials, Expiration: expiresAt }, repo_password: 'password' })
    },
  }
}
