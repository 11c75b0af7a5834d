import { createHash, X509Certificate } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { canopyClient, idOf, NOW, onlyTheFirstGroup, patient, servedCanopy } from '../../../test/canopy-client.ts'
import { canopyServer, problem, recorded } from '../../../test/canopy-server.ts'
import { AnswerLost } from '../../services/audit/index.ts'
import { makeIdentity } from '../console-identity.ts'

let open = new AsyncDisposableStack()
afterEach(async () => {
  await open.disposeAsync()
  open = new AsyncDisposableStack()
})

test('a safety session is raised, sent with each call, ends by itself, and is lowered by a refusal', async () => {
  const { client, server } = await servedCanopy(open, 'newest')
  const session = { id: '3f6f8a3e-8a53-4a5a-9a35-6a2c2f5b0001', mode: 'write' }
  const until = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000).toISOString()
  const raiseFor = (minutes: number): void =>
    server.answer('/api/safety/raise', () => ({ status: 200, json: { ...session, raise_expires_at: until(minutes) } }))
  raiseFor(10)
  expect(await client.raise('write')).toEqual({ mode: 'write', until: until(10) })
  expect(server.bodies('/api/safety/raise')).toEqual([{ mode: 'write' }])
  await client.board(patient())
  expect(server.asked.at(-1)?.headers['x-canopy-session']).toBe(session.id)

  server.answer('/api/restore_replicas/delete', problem(403, 'safety-mode-too-low', 'This takes danger mode.'))
  await expect(client.remove(idOf('a1'))).rejects.toMatchObject({
    code: 'forbidden',
    data: { needs: 'safety-mode: danger' },
  })
  expect(client.safety()).toEqual({ mode: 'read-only', until: null })
  raiseFor(-1)
  expect(await client.raise('write')).toEqual({ mode: 'read-only', until: null })

  server.answer('/api/safety/lower', () => ({ status: 200, json: { ...session, mode: 'read-only' } }))
  raiseFor(10)
  await client.raise('write')
  expect(await client.lower()).toEqual({ mode: 'read-only', until: null })
})

test.each([
  ['401', problem(401, 'auth-missing-header', 'Who are you?'), { code: 'unauthenticated', data: { by: 'plane' } }],
  [
    '403',
    problem(403, 'tagged-device-not-allowed', 'Tagged devices may not.'),
    { code: 'forbidden', data: { needs: 'Tagged devices may not.' } },
  ],
  [
    '404',
    problem(404, 'resource-not-found', 'No such'),
    { code: 'not_found', data: { what: 'replica', id: idOf('a1') } },
  ],
  [
    '400',
    problem(400, 'bad-request', 'name is blank'),
    { code: 'invalid_input', data: { issues: [{ message: 'name is blank' }] } },
  ],
  [
    '422 in plain text',
    () => ({ status: 422, text: 'Failed to deserialize the JSON body: missing field `id`\nat line 1' }),
    { data: { issues: [{ message: 'Failed to deserialize the JSON body: missing field `id`' }] } },
  ],
  [
    '500',
    problem(500, 'database', 'a lock'),
    { code: 'unreachable', data: { host: 'north', reason: 'It says: a lock' } },
  ],
  [
    '502 of a proxy',
    () => ({ status: 502, text: '<html><body>Bad Gateway</body></html>', headers: { 'content-type': 'text/html' } }),
    { code: 'unreachable', data: { reason: 'The server answered with HTTP status 502.' } },
  ],
  [
    '503 with nothing',
    () => ({ status: 503, text: '' }),
    { data: { reason: 'The server answered with HTTP status 503.' } },
  ],
  [
    '500 with half a problem',
    () => ({ status: 500, text: '{"type":"/errors/database","ti' }),
    { data: { reason: 'The server answered with HTTP status 500.' } },
  ],
  [
    'a success that is no JSON',
    () => ({ status: 200, text: '[{"id": "half' }),
    { code: 'unreachable', data: { reason: expect.stringContaining('cannot be read: invalid JSON.') } },
  ],
  [
    'somewhere else to go',
    () => ({ status: 307, text: '', headers: { location: 'https://elsewhere.example/secret-path?token=1' } }),
    { code: 'unreachable', data: { reason: 'It sends us elsewhere: https://elsewhere.example.' } },
  ],
] as const)('a refusal becomes a fault that says what the plane said: %s', async (_name, answerer, fault) => {
  const { client, server } = await servedCanopy(open, 'newest')
  server.answer('/api/restore_replicas/delete', answerer)
  await expect(client.remove(idOf('a1'))).rejects.toMatchObject(fault)
})

test('what answers everything with a page is no control plane', async () => {
  const page: Record<string, unknown> = {}
  const server = open.use(await canopyServer(page))
  const html = () => ({ status: 200, text: '<!doctype html><title>Canopy</title>' })
  for (const path of ['/api/plane/describe', '/api/restore_replicas/consumers']) server.answer(path, html)
  await expect(open.use(canopyClient({ url: server.url })).hello(patient())).rejects.toMatchObject({
    code: 'version_mismatch',
  })
  server.answer('/api/restore_replicas/consumers', null)
  await expect(open.use(canopyClient({ url: server.url })).hello(patient())).rejects.toMatchObject({
    code: 'version_mismatch',
  })
})

test('a path before the calls is kept, and the token goes with each of them', async () => {
  const under = Object.fromEntries(Object.entries(recorded('first')).map(([path, json]) => [`/below${path}`, json]))
  const server = open.use(await canopyServer(under))
  const client = open.use(canopyClient({ url: `${server.url}/below/`, token: 'a token' }))
  expect((await client.hello(patient())).dialect).toBe('first')
  expect(new Set(server.asked.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer a token']))
})

test('silence ends after a while, and of a change it is said that it may have been done', async () => {
  const server = open.use(await canopyServer(recorded('newest')))
  onlyTheFirstGroup(server)
  const client = open.use(canopyClient({ url: server.url }, 300))
  await client.hello(patient())
  server.answer('/api/restore_replicas/delete', () => new Promise(() => undefined))
  const lost = await client.remove(idOf('a1')).catch((error: unknown) => error)
  expect(lost).toMatchObject({ code: 'unreachable', data: { reason: expect.stringContaining('in time') } })
  expect((lost as Error).cause).toBeInstanceOf(AnswerLost)

  await server[Symbol.asyncDispose]()
  open = new AsyncDisposableStack()
  const refused = await client.remove(idOf('a1')).catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 'unreachable', data: { reason: expect.stringContaining('Nothing listens') } })
  expect((refused as Error).cause).not.toBeInstanceOf(AnswerLost)
})

test('whoever leaves is not waited for', async () => {
  const { client, server } = await servedCanopy(open, 'newest')
  server.answer('/api/restore_replicas/consumers', () => new Promise(() => undefined))
  const stop = new AbortController()
  const asked = client.board(stop.signal)
  stop.abort()
  await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
})

test('a certificate that nobody signed is taken by its pin, and nothing is sent to one with another', async () => {
  const identity = await makeIdentity()
  const server = open.use(
    await canopyServer(recorded('first'), { tls: { key: identity.key, cert: identity.certificate } }),
  )
  const spki = new X509Certificate(identity.certificate).publicKey.export({ type: 'spki', format: 'der' })
  const pin = createHash('sha256').update(spki).digest('base64url')
  const client = open.use(canopyClient({ url: server.url, pin, token: 'a token' }))
  expect((await client.hello(patient())).dialect).toBe('first')
  const before = server.asked.length

  const otherPin = pin.replace(/^./, pin.startsWith('A') ? 'B' : 'A')
  const other = open.use(canopyClient({ url: server.url, pin: otherPin, token: 'a token' }))
  await expect(other.hello(patient())).rejects.toMatchObject({
    code: 'unreachable',
    data: { reason: expect.stringContaining('another key') },
  })
  await expect(open.use(canopyClient({ url: server.url, token: 'a token' })).hello(patient())).rejects.toMatchObject({
    code: 'unreachable',
    data: { reason: expect.stringContaining('not one that this computer trusts') },
  })
  expect(server.asked).toHaveLength(before)
})
