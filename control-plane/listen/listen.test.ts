import { once } from 'node:events'
import { connect as connectPlain } from 'node:net'
import { connect } from 'node:tls'
import { expect, test } from 'vitest'
import { OPERATOR_HEADER } from '../../contract/control-plane/fleet.ts'
import { makeIdentity } from '../../engine/identity/identity.ts'
import { codeOf, consume, type ControlPlane, enrol, operate, startControlPlane } from '../../test/control-plane.ts'
import { openOperatorListener } from './operator-listener.ts'

const MINUTE = 60_000
const CALLS = [
  ['POST', '/restore-capabilities', { intents: [] }],
  ['GET', '/restore-worklist', undefined],
  ['POST', '/restore-credentials', { group: '3f0b2b6c-8a55-4a0a-9a8e-0d5b8d6f3c11', type: 'files' }],
  ['POST', '/restore-verification', {}],
] as const

function problem(status: number, slug: string) {
  return expect.objectContaining({
    status,
    body: expect.objectContaining({ type: `/errors/${slug}`, title: expect.any(String) }),
  })
}

async function historyOf(
  plane: ControlPlane,
  id: string,
): Promise<{ asked: string; status: number; ip: string; user_agent: string | null }[]> {
  const { body } = await operate(plane, '/api/devices/connection_history', { device_id: id })
  return body as Awaited<ReturnType<typeof historyOf>>
}

test.each(CALLS)(
  '%s %s takes a certificate of a device with the role, and says which is missing',
  async (method, path, body) => {
    await using plane = await startControlPlane()
    const stranger = await makeIdentity('stranger')
    const ask = (identity: typeof stranger | null) => consume(plane, identity, path, { method, body })
    expect(await ask(null)).toEqual(problem(401, 'auth-missing-certificate'))
    expect(await ask(stranger)).toEqual(problem(401, 'auth-certificate-not-found'))
    const { identity, id } = await enrol(plane, 'maria')
    for (const role of ['untrusted', 'server', 'releaser']) {
      await operate(plane, '/api/devices/update_role', { device_id: id, role })
      expect(await ask(identity), role).toEqual(problem(403, 'auth-insufficient-permissions'))
    }
    for (const role of ['admin', 'backup-restore']) {
      await operate(plane, '/api/devices/update_role', { device_id: id, role })
      expect([401, 404]).not.toContain((await ask(identity)).status)
    }
  },
)

// @security Control plane and consumers: A consumer is known by its key alone, whatever its certificate says.
test('a device is known by its key, whatever its certificate says', async () => {
  await using plane = await startControlPlane()
  const { identity } = await enrol(plane, 'maria')
  const sameName = await makeIdentity('maria')
  expect((await consume(plane, identity, '/restore-worklist')).status).toBe(200)
  expect(await consume(plane, sameName, '/restore-worklist')).toEqual(problem(401, 'auth-certificate-not-found'))
})

test('a code lets one consumer in, once, with a certificate, within a quarter of an hour', async () => {
  await using plane = await startControlPlane()
  const [maria, olga] = [await makeIdentity('maria'), await makeIdentity('olga')]
  const { code, url, plane_pin, certificate } = await codeOf(plane, 'maria')
  expect({ url, plane_pin, certificate }).toEqual({
    url: plane.consumerUrl,
    plane_pin: plane.pin,
    certificate: plane.certificate,
  })
  expect(await consume(plane, null, '/enrol', { body: { code } })).toEqual(problem(401, 'auth-missing-certificate'))
  expect(await consume(plane, maria, '/enrol', { body: { code: `${code}x` } })).toEqual(problem(401, 'auth-failed'))
  const enrolled = await consume(plane, maria, '/enrol', { body: { code, name: 'Maria of the north' } })
  expect(enrolled).toMatchObject({ status: 200, body: { name: 'Maria of the north', role: 'backup-restore' } })
  expect(await consume(plane, olga, '/enrol', { body: { code } })).toEqual(problem(401, 'auth-failed'))
  expect((await consume(plane, maria, '/restore-worklist')).status).toBe(200)
  const late = await codeOf(plane, 'olga')
  plane.pass(15 * MINUTE)
  expect(await consume(plane, olga, '/enrol', { body: { code: late.code } })).toEqual(problem(401, 'auth-failed'))
})

test('of two who give the same code at once one is let in', async () => {
  await using plane = await startControlPlane()
  const { code } = await codeOf(plane, 'one of them')
  const keys = await Promise.all(['a', 'b', 'c'].map(makeIdentity))
  const answers = await Promise.all(keys.map((key) => consume(plane, key, '/enrol', { body: { code } })))
  expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 401, 401])
})

test('who enrols again with the same key is the same device, and has its role back', async () => {
  await using plane = await startControlPlane()
  const first = await enrol(plane, 'maria')
  await operate(plane, '/api/devices/update_role', { device_id: first.id, role: 'untrusted' })
  const again = await enrol(plane, 'maria the second', first.identity)
  expect(again.id).toBe(first.id)
  expect((await consume(plane, again.identity, '/restore-worklist')).status).toBe(200)
})

test('codes are not to be guessed: an address has so many tries', async () => {
  await using plane = await startControlPlane()
  const identity = await makeIdentity('guesser')
  const { code } = await codeOf(plane, 'maria')
  const statuses: number[] = []
  for (let number = 0; number < 14; number += 1) {
    statuses.push((await consume(plane, identity, '/enrol', { body: { code: `guess ${number}` } })).status)
  }
  expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401))
  expect(statuses.slice(-3)).toEqual([429, 429, 429])
  expect(await consume(plane, identity, '/enrol', { body: { code } })).toEqual(problem(429, 'rate-limited'))
})

test('what a device asked is kept, also what it was refused; what strangers ask is not', async () => {
  await using plane = await startControlPlane()
  const { identity, id } = await enrol(plane, 'maria')
  await consume(plane, identity, '/restore-worklist', { headers: { 'user-agent': 'pgro/1.2' } })
  await consume(plane, identity, '/restore-credentials', {
    body: { group: '3f0b2b6c-8a55-4a0a-9a8e-0d5b8d6f3c11', type: 'files' },
  })
  await consume(plane, await makeIdentity('stranger'), '/restore-worklist')
  await consume(plane, identity, '/nowhere')
  expect(await historyOf(plane, id)).toMatchObject([
    { asked: 'GET /nowhere', status: 404 },
    { asked: 'POST /restore-credentials', status: 403 },
    { asked: 'GET /restore-worklist', status: 200, ip: '127.0.0.1', user_agent: 'pgro/1.2' },
    { asked: 'POST /enrol', status: 200 },
  ])
  const { body } = await operate(plane, '/api/restore_replicas/consumers', {})
  expect(body).toMatchObject([
    { device_id: id, last_seen_at: expect.any(String), last_worklist_at: expect.any(String), key_pin: identity.pin },
  ])
  const { body: devices } = await operate(plane, '/api/devices/list_trusted', {})
  expect(devices).toMatchObject({ total: 1 })
})

test.each(['TLSv1.2', 'TLSv1.3'] as const)('consumers may speak %s', async (version) => {
  await using plane = await startControlPlane()
  const { hostname, port } = new URL(plane.consumerUrl)
  const socket = connect({
    host: hostname,
    port: Number(port),
    ca: plane.certificate,
    minVersion: version,
    maxVersion: version,
  })
  await once(socket, 'secureConnect')
  expect([socket.authorized, socket.getProtocol()]).toEqual([true, version])
  socket.destroy()
})

test.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'a session of %s that is taken up again is of the same device',
  async (version) => {
    await using plane = await startControlPlane()
    const { identity } = await enrol(plane, 'maria')
    const { hostname, port } = new URL(plane.consumerUrl)
    const own = { key: identity.key, cert: identity.certificate, ca: plane.certificate }
    const versions = { minVersion: version, maxVersion: version }
    const statusBy = async (session?: Buffer) => {
      const socket = connect({ host: hostname, port: Number(port), ...own, ...versions, ...(session && { session }) })
      const sessions: Buffer[] = []
      socket.on('session', (one) => sessions.push(one))
      await once(socket, 'secureConnect')
      const isReused = socket.isSessionReused()
      socket.end('GET /restore-worklist HTTP/1.1\r\nhost: plane\r\nconnection: close\r\n\r\n')
      let text = ''
      for await (const piece of socket as AsyncIterable<Buffer>) text += piece.toString()
      return { status: text.split(' ')[1], isReused, session: sessions.at(-1) }
    }
    const first = await statusBy()
    const again = await statusBy(first.session)
    expect([first.status, again.status, again.isReused]).toEqual(['200', '200', true])
  },
)

test.each([
  ['bytes that are no TLS', null, 'SSH-2.0-nonsense\r\n\0\0\0'],
  ['bytes that are no HTTP', 'tls', '\0\x01\x02nonsense\r\n\r\n'],
  ['an address that cannot be read', 'tls', 'GET http://[ HTTP/1.1\r\nhost: plane\r\nconnection: close\r\n\r\n'],
  [
    'a path of nothing but steps up',
    'tls',
    'GET /repositories/../../../../etc/passwd HTTP/1.1\r\nhost: plane\r\nconnection: close\r\n\r\n',
  ],
  ['a header without end', 'tls', `GET / HTTP/1.1\r\nx: ${'x'.repeat(40_000)}`],
  ['a body that is shorter than it says', 'tls', 'POST /enrol HTTP/1.1\r\nhost: plane\r\ncontent-length: 99\r\n\r\n{'],
  [
    'credentials that are none',
    'tls',
    'GET /repositories/x/config HTTP/1.1\r\nhost: plane\r\nauthorization: Basic %%%\r\nconnection: close\r\n\r\n',
  ],
] as const)('%s opens nothing and ends nobody else', async (_, kind, bytes) => {
  await using plane = await startControlPlane()
  const { identity } = await enrol(plane, 'maria')
  const address = { host: '127.0.0.1', port: Number(new URL(plane.consumerUrl).port) }
  const socket = kind === null ? connectPlain(address) : connect({ ...address, ca: plane.certificate })
  socket.on('error', () => undefined)
  let text = ''
  socket.on('data', (piece: Buffer) => (text += piece.toString('latin1')))
  await once(socket, kind === null ? 'connect' : 'secureConnect')
  socket.write(bytes)
  const closed = once(socket, 'close')
  if (bytes.startsWith('POST')) socket.destroy()
  await closed
  expect(text).not.toContain('200 OK')
  expect((await consume(plane, identity, '/restore-worklist')).status).toBe(200)
  expect(plane.log.filter((line) => line.includes('"error"'))).toEqual([])
})

// @security Control plane and consumers: Without the token an operator is told nothing by a control plane.
test('operators need the token, and without it are told nothing', async () => {
  await using plane = await startControlPlane()
  const describe = (headers: Record<string, string>) => operate(plane, '/api/plane/describe', {}, headers)
  expect(await describe({})).toMatchObject({
    status: 200,
    body: { product: 'restore-console', consumer_url: plane.consumerUrl, plane_pin: plane.pin },
  })
  for (const authorization of ['Bearer wrong', 'Bearer ', `Basic ${plane.token}`, plane.token]) {
    expect(await describe({ authorization }), authorization).toEqual(problem(401, 'auth-failed'))
  }
  const bare = await fetch(`${plane.operatorUrl}/openapi.json`)
  expect([bare.status, await bare.json()]).toEqual([
    401,
    expect.objectContaining({ type: '/errors/auth-missing-header' }),
  ])
  expect(await operate(plane, '/restore-worklist', {})).toEqual(problem(404, 'resource-not-found'))
  expect(await consume(plane, null, '/api/plane/describe', { body: {} })).toEqual(problem(404, 'resource-not-found'))
})

test('for whom a console asks stands beside what was changed', async () => {
  await using plane = await startControlPlane()
  const { id } = await enrol(plane, 'maria')
  const [group] = (
    await operate(plane, '/api/fleet/groups/observe', {
      groups: [{ repository_id: null, name: 'north', url: null, snapshots: [] }],
    })
  ).body as { id: string }[]
  const wanted = { consumer_device_id: id, group_id: group?.id, type: 'files', intent: 'verify' }
  const create = (name: string, headers: Record<string, string>) =>
    operate(plane, '/api/restore_replicas/create', { ...wanted, name }, headers)
  expect(await create('one', { [OPERATOR_HEADER]: encodeURIComponent('Ökonomin@laptop') })).toMatchObject({
    body: { created_by: 'Ökonomin@laptop' },
  })
  expect(await create('two', { [OPERATOR_HEADER]: '%E0%A4%A' })).toMatchObject({ body: { created_by: 'operator' } })
})

// @security Control plane and consumers: Beyond its own computer a control plane listens to operators with TLS alone.
test('beyond this computer operators are listened to with TLS alone', async () => {
  const options = { token: 't', operator: async () => false, log: () => undefined }
  const opening = openOperatorListener({ ...options, listen: { host: '0.0.0.0', port: 0 }, tls: null })
  await expect(opening).rejects.toMatchObject({ code: 'conflict', data: { what: 'needs_tls' } })
  const identity = await makeIdentity('plane')
  await using listener = await openOperatorListener({ ...options, listen: { host: '0.0.0.0', port: 0 }, tls: identity })
  const socket = connect({ host: '127.0.0.1', port: listener.address.port, rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  socket.end('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
  const [head] = (await once(socket, 'data')) as [Buffer]
  expect(head.toString()).toContain('401 Unauthorized')
})
