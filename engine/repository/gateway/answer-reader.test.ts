import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { noise } from '../../../test/noise.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { localBackend } from '../native/backends/local-backend.ts'
import { answerReader } from './answer-reader.ts'

const MEBIBYTE = 2 ** 20
const ID = 'ab'.repeat(32)

/** A repository with one pack in it, and the largest part of it that was ever asked for at once. */
async function served(pack: Uint8Array) {
  await using building = new AsyncDisposableStack()
  const { path } = building.use(temporaryDirectory())
  mkdirSync(join(path, 'data/ab'), { recursive: true })
  writeFileSync(join(path, 'data/ab', ID), pack)
  const local = localBackend(path)
  const asked = { most: 0 }
  const backend: typeof local = {
    ...local,
    readRange: (id, offset, length, reading) => {
      asked.most = Math.max(asked.most, length)
      return local.readRange(id, offset, length, reading)
    },
  }
  const { signal } = new AbortController()
  const errors: unknown[] = []
  const server = createServer((request, response) => {
    const path = (request.url ?? '').slice(1)
    void answerReader(request, response, { backend, signal, path, report: (error) => errors.push(error) })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  building.defer(() => void server.close())
  const { port } = server.address() as AddressInfo
  const resources = building.move()
  return {
    asked,
    errors,
    ask: (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}/${path}`, init),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer())
}

test('a large pack, or a large part of it, is given a few mebibytes at a time and whole', async () => {
  const pack = noise(7, 19 * MEBIBYTE + 5)
  await using repository = await served(pack)
  const whole = await repository.ask(`data/${ID}`)
  expect(whole.status).toBe(200)
  expect((await bytesOf(whole)).equals(pack)).toBe(true)
  const part = await repository.ask(`data/${ID}`, { headers: { range: `bytes=3-${11 * MEBIBYTE}` } })
  expect([part.status, part.headers.get('content-length')]).toEqual([206, `${11 * MEBIBYTE - 2}`])
  expect((await bytesOf(part)).equals(Buffer.from(pack).subarray(3, 11 * MEBIBYTE + 1))).toBe(true)
  expect(repository.asked.most).toBeLessThanOrEqual(4 * MEBIBYTE)
})

test.each([
  ['bytes=5-', 206],
  [`bytes=5-${10 ** 12}`, 206],
  [`bytes=${9 * MEBIBYTE}-`, 416],
  [`bytes=${10 ** 12}-${10 ** 13}`, 416],
])('a part %s of a pack of nine mebibytes is answered with %i', async (range, status) => {
  const pack = noise(8, 9 * MEBIBYTE)
  await using repository = await served(pack)
  const part = await repository.ask(`data/${ID}`, { headers: { range } })
  expect(part.status).toBe(status)
  if (status === 206) expect((await bytesOf(part)).equals(Buffer.from(pack).subarray(5))).toBe(true)
})

test('how large a pack is can be asked without reading it', async () => {
  await using repository = await served(noise(9, 5 * MEBIBYTE))
  const head = await repository.ask(`data/${ID}`, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length')]).toEqual([200, `${5 * MEBIBYTE}`])
  expect(repository.asked.most).toBe(0)
  expect((await repository.ask(`data/${'0'.repeat(64)}`, { method: 'HEAD' })).status).toBe(404)
})

test.each(['POST', 'PUT', 'DELETE', 'PATCH'])('%s is forbidden, whatever it is of', async (method) => {
  await using repository = await served(noise(1, 10))
  for (const path of ['?create=true', 'config', `data/${ID}`, `locks/${ID}`, `snapshots/${ID}`, 'elsewhere']) {
    expect((await repository.ask(path, { method })).status, path).toBe(403)
  }
})

test('a repository that cannot be read is said to be so without its reason', async () => {
  await using repository = await served(noise(1, 10))
  const config = await repository.ask('config')
  expect([config.status, await config.text()]).toEqual([502, ''])
  expect(repository.errors).toEqual([expect.objectContaining({ code: 'repository_not_initialised' })])
})
