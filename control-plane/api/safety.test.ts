import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SafetySession } from '../../contract/control-plane/fleet.ts'
import { planeWorld, type PlaneWorld } from '../testing/plane-world.ts'

const MINUTE = 60_000

let world: PlaneWorld

beforeEach(async () => {
  world = await planeWorld({ safetyModes: true })
})

afterEach(() => world[Symbol.asyncDispose]())

interface Who {
  readonly login?: string
  readonly session?: string
}

const session = async (who: Who = {}) => (await world.operate('safety/session', {}, who)).body as SafetySession
const raise = async (mode: string, who: Who = {}) =>
  (await world.operate('safety/raise', { mode }, who)).body as SafetySession
const create = async (who: Who = {}) => {
  const body = {
    consumer_device_id: world.addDevice(),
    group_id: world.addGroup(),
    type: 't',
    intent: 'i',
    name: randomUUID(),
  }
  return (await world.operate('restore_replicas/create', body, who)).status
}
const remove = async (who: Who = {}) =>
  (await world.operate('restore_replicas/delete', { id: randomUUID() }, who)).status

// @security Control plane and consumers: A session of an operator begins read-only.
test('a session begins read-only; asking again with its id gives the same', async () => {
  const begun = await session()
  expect(begun).toEqual({ id: begun.id, mode: 'read-only', raise_expires_at: null })
  expect(await session({ session: begun.id })).toEqual(begun)
  expect((await session()).id).not.toBe(begun.id)
})

test('a refusal names the mode that is needed, and reads need no session', async () => {
  const reply = await world.operate('restore_replicas/delete', { id: randomUUID() })
  expect(reply).toMatchObject({
    status: 403,
    type: 'application/problem+json',
    body: { type: '/errors/safety-mode-too-low', title: 'This takes the safety mode danger.', status: 403 },
  })
  expect((await world.operate('restore_replicas/list', {})).status).toBe(200)
})

test('raised to write it may be written, and raised to danger also be deleted', async () => {
  const { id, ...raised } = await raise('write')
  expect(raised).toEqual({
    mode: 'write',
    raise_expires_at: new Date(world.now().getTime() + 10 * MINUTE).toISOString(),
  })
  expect(await create({ session: id })).toBe(200)
  expect(await remove({ session: id })).toBe(403)
  expect((await raise('danger', { session: id })).id).toBe(id)
  expect(await remove({ session: id })).toBe(404)
  expect(await create({ session: id })).toBe(200)
})

test('a raise lasts ten minutes from when it was made, whatever is done meanwhile, and one more that is not told', async () => {
  const { id } = await raise('write')
  world.pass(10 * MINUTE)
  expect(await create({ session: id })).toBe(200)
  expect(await session({ session: id })).toMatchObject({ mode: 'write' })
  world.pass(1)
  expect(await session({ session: id })).toEqual({ id, mode: 'read-only', raise_expires_at: null })
  expect(await create({ session: id })).toBe(200)
  world.pass(MINUTE - 1)
  expect(await create({ session: id })).toBe(200)
  world.pass(1)
  expect(await create({ session: id })).toBe(403)
})

test('a session is its login’s: to another it reads as none, and raising there leaves it as it was', async () => {
  const { id } = await raise('danger')
  expect(await create({ login: 'ben', session: id })).toBe(403)
  expect((await session({ login: 'ben', session: id })).id).not.toBe(id)
  expect((await raise('write', { login: 'ben', session: id })).id).not.toBe(id)
  expect(await remove({ session: id })).toBe(404)
})

test.each([randomUUID(), 'no id', "'; DROP TABLE safety_sessions"])(
  'the unknown session %j is read-only',
  async (id) => {
    expect(await create({ session: id })).toBe(403)
    expect((await world.operate('restore_replicas/list', {}, { session: id })).status).toBe(200)
  },
)

test('lowering ends it at once', async () => {
  const { id } = await raise('danger')
  const lowered = await world.operate('safety/lower', {}, { session: id })
  expect(lowered.body).toEqual({ id, mode: 'read-only', raise_expires_at: null })
  expect(await create({ session: id })).toBe(403)
})

test('nobody raises to read-only', async () => {
  const reply = await world.operate('safety/raise', { mode: 'read-only' })
  expect(reply).toMatchObject({ status: 400, body: { type: '/errors/bad-request' } })
})

test('a plane without safety modes says so, asks for none, and has no sessions', async () => {
  await using plain = await planeWorld()
  expect((await plain.operate('plane/describe', {})).body).toMatchObject({ safety_modes: false })
  expect((await plain.operate('safety/session', {})).status).toBe(404)
  expect((await plain.operate('restore_replicas/delete', { id: randomUUID() })).status).toBe(404)
})
