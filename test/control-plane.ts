import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { request as plainRequest } from 'node:http'
import { request as tlsRequest, type RequestOptions } from 'node:https'
import { z } from 'zod'
import { deviceCodeSchema } from '../contract/control-plane/fleet.ts'
import { composePlane, type Plane } from '../control-plane/compose.ts'
import { type Identity, makeIdentity } from '../engine/identity/identity.ts'
import { temporaryDirectory } from './temporary-directory.ts'

export const PLANE_TOKEN = 'the-token-of-the-operators'

export interface Answered {
  readonly status: number
  /** Parsed, where it is JSON. */
  readonly body: unknown
  readonly headers: IncomingMessage['headers']
}

/** A consumer: its key, and the device that it is. */
export interface Consumer {
  readonly identity: Identity
  readonly id: string
}

interface Asked {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Where a plane is, however it runs. */
export interface PlaneDoors {
  readonly operatorUrl: string
  readonly consumerUrl: string
  readonly token: string
  readonly certificate: string
}

/** Ask as an operator. */
export function operate(
  { operatorUrl, token, certificate }: PlaneDoors,
  path: string,
  body: unknown,
  headers = {},
): Promise<Answered> {
  const authorization = `Bearer ${token}`
  return ask(new URL(path, operatorUrl), { ca: certificate }, { body, headers: { authorization, ...headers } })
}

/** Ask as a consumer, or with no certificate. The name in the plane's certificate is checked as anybody's is. */
export function consume(
  { consumerUrl, certificate }: PlaneDoors,
  identity: Identity | null,
  path: string,
  asked: Asked = {},
): Promise<Answered> {
  const own = identity === null ? {} : { key: identity.key, cert: identity.certificate }
  return ask(new URL(path, consumerUrl), { ca: certificate, ...own }, asked)
}

/** A code for one consumer. */
export async function codeOf(doors: PlaneDoors, name: string): Promise<z.infer<typeof deviceCodeSchema>> {
  return deviceCodeSchema.parse((await operate(doors, '/api/devices/enrolment_code', { name })).body)
}

export async function enrol(doors: PlaneDoors, name: string, key?: Identity): Promise<Consumer> {
  const identity = key ?? (await makeIdentity(name))
  const { code } = await codeOf(doors, name)
  const { status, body } = await consume(doors, identity, '/enrol', { body: { code } })
  if (status !== 200) throw new Error(`it was not enrolled: ${JSON.stringify(body)}`)
  return { identity, id: z.object({ device_id: z.string() }).parse(body).device_id }
}

interface Declared {
  readonly consumer: Consumer
  readonly group: string
  readonly type?: string
  readonly name?: string
}

/** Declare a replica of every machine of a group, and give its id. */
export async function declare(
  doors: PlaneDoors,
  { consumer, group, type = 'files', name = 'north-verify' }: Declared,
): Promise<string> {
  const wanted = { consumer_device_id: consumer.id, group_id: group, type, intent: 'verify', name }
  return idOf(await operate(doors, '/api/restore_replicas/create', wanted))
}

/** Connect a repository, and give the group's id. */
export async function connectGroup(
  doors: PlaneDoors,
  name: string,
  access: Readonly<Record<string, unknown>>,
): Promise<string> {
  return idOf(await operate(doors, '/api/fleet/groups/connect', { name, access }))
}

export function idOf({ status, body }: Answered): string {
  if (status !== 200) throw new Error(`it was refused: ${JSON.stringify(body)}`)
  return z.object({ id: z.string() }).parse(body).id
}

export interface ControlPlane extends PlaneDoors, AsyncDisposable {
  readonly pin: string
  readonly directory: string
  /** Every line of its log. */
  readonly log: readonly string[]
  /** Time goes by for it; milliseconds. */
  pass(milliseconds: number): void
}

interface ControlPlaneOptions {
  readonly directory?: string
  readonly safetyModes?: boolean
}

/** A whole control plane in this process, over real sockets. */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  await using building = new AsyncDisposableStack()
  const directory = options.directory ?? building.use(temporaryDirectory()).path
  const log: string[] = []
  let ahead = 0
  const plane: Plane = building.use(
    await composePlane({
      dataDirectory: directory,
      secretsKey: Buffer.alloc(32, 3),
      consumerListen: { host: '127.0.0.1', port: 0 },
      advertise: null,
      operatorListen: { host: '127.0.0.1', port: 0 },
      token: PLANE_TOKEN,
      version: '0.0.0-test',
      safetyModes: options.safetyModes ?? false,
      log: (line) => log.push(line),
      now: () => new Date(Date.now() + ahead),
    }),
  )
  const { operatorUrl, consumerUrl, pin, certificate } = plane
  if (consumerUrl === null) throw new Error('it listens for no consumers')
  const resources = building.move()
  return {
    operatorUrl,
    consumerUrl,
    pin,
    certificate,
    token: PLANE_TOKEN,
    directory,
    log,
    pass: (milliseconds) => {
      ahead += milliseconds
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

/** Ask whoever listens there. */
export async function ask(url: URL, tls: RequestOptions, { method, body, headers = {} }: Asked): Promise<Answered> {
  const text = body === undefined ? undefined : JSON.stringify(body)
  const json =
    text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
  const request = (url.protocol === 'https:' ? tlsRequest : plainRequest)(url, {
    ...tls,
    agent: false,
    method: method ?? (text === undefined ? 'GET' : 'POST'),
    headers: { ...json, ...headers },
  })
  request.end(text)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  const pieces: Buffer[] = []
  for await (const piece of response as AsyncIterable<Buffer>) pieces.push(piece)
  return {
    status: response.statusCode ?? 0,
    body: parsed(Buffer.concat(pieces).toString('utf8')),
    headers: response.headers,
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text === '' ? undefined : text
  }
}
