import { once } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import {
  type PlaneWorkerData,
  type PlaneWorkerReady,
  planeWorkerReadySchema,
} from '../contract/control-plane/worker.ts'
import { temporaryDirectory } from '../test/temporary-directory.ts'
import { composePlane } from './compose.ts'

function startWorker(dataDirectory: string, change: Partial<PlaneWorkerData> = {}): Worker {
  const workerData: PlaneWorkerData = {
    dataDirectory,
    secretsKey: Buffer.alloc(32, 9).toString('base64'),
    consumerListen: { host: '127.0.0.1', port: 0 },
    version: '1.2.3',
    safetyModes: false,
    ...change,
  }
  return new Worker(new URL('./worker.ts', import.meta.url), { workerData, stderr: true })
}

async function ready(worker: Worker): Promise<PlaneWorkerReady> {
  const [message] = (await once(worker, 'message')) as [unknown]
  return planeWorkerReadySchema.parse(message)
}

async function close(worker: Worker): Promise<unknown> {
  const exit = once(worker, 'exit')
  worker.postMessage('close')
  return (await exit)[0]
}

function ask({ operatorUrl, token }: PlaneWorkerReady, path: string, body: object): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return fetch(`${operatorUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}

function describe(plane: PlaneWorkerReady): Promise<Response> {
  return ask(plane, '/api/plane/describe', {})
}

test('a plane in a worker thread says where it listens, answers there, and ends when it is told to', async () => {
  await using directory = temporaryDirectory()
  const data = join(directory.path, 'plane')
  const worker = startWorker(data)
  const said = await ready(worker)
  expect(said.operatorUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(await (await describe(said)).json()).toMatchObject({
    version: '1.2.3',
    consumer_url: said.consumerUrl,
    plane_pin: said.planePin,
    safety_modes: false,
  })
  expect(await close(worker)).toBe(0)

  const next = startWorker(data, { consumerListen: null })
  const again = await ready(next)
  const code = await ask(again, '/api/devices/enrolment_code', { name: 'maria' })
  expect([code.status, await code.json()]).toEqual([409, expect.objectContaining({ type: '/errors/conflict' })])
  expect([again.planePin, again.consumerUrl]).toEqual([said.planePin, null])
  expect(again.token).not.toBe(said.token)
  expect((await describe({ ...again, token: said.token })).status).toBe(401)
  expect(await close(next)).toBe(0)
})

test('told twice to end, it ends once, with all that it had open', async () => {
  await using directory = temporaryDirectory()
  const data = join(directory.path, 'plane')
  const plane = await composePlane({
    dataDirectory: data,
    secretsKey: Buffer.alloc(32, 9),
    consumerListen: null,
    advertise: null,
    operatorListen: { host: '127.0.0.1', port: 0 },
    token: 't',
    version: '1.2.3',
    safetyModes: false,
    log: () => undefined,
  })
  const order: string[] = []
  const ends = ['first', 'second'].map((who) => plane[Symbol.asyncDispose]().then(() => order.push(who)))
  await Promise.all(ends)
  expect(order).toEqual(['first', 'second'])

  const worker = startWorker(data)
  await ready(worker)
  worker.postMessage('close')
  expect(await close(worker)).toBe(0)
})

test('a plane that cannot start says why', async () => {
  await using directory = temporaryDirectory()
  const data = join(directory.path, 'plane')
  const first = startWorker(data)
  const { consumerUrl } = await ready(first)
  const second = startWorker(data)
  expect((await once(second, 'error'))[0]).toMatchObject({
    message: `Another one is using ${data}/plane.db. End that one first.`,
  })
  const taken = { host: '127.0.0.1', port: Number(new URL(consumerUrl ?? '').port) }
  const third = startWorker(join(directory.path, 'other'), { consumerListen: taken })
  expect((await once(third, 'error'))[0]).toMatchObject({
    message: expect.stringContaining(`127.0.0.1:${taken.port}: EADDRINUSE`),
  })
  await close(first)
})

test('a thread that was ended without asking lets go of the data', async () => {
  await using directory = temporaryDirectory()
  const data = join(directory.path, 'plane')
  const first = startWorker(data)
  await ready(first)
  await first.terminate()
  const second = startWorker(data)
  expect((await ready(second)).planePin).toHaveLength(43)
  expect(await close(second)).toBe(0)
})
