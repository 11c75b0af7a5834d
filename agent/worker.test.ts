import { once } from 'node:events'
import { join } from 'node:path'
import { MessageChannel, Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { agentContract } from '../contract/agent/index.ts'
import { connect } from '../contract/wire/client.ts'
import { messagePort } from '../contract/wire/message-port.ts'
import { temporaryDirectory } from '../test/temporary-directory.ts'
import { agentWorld } from './testing/agent-world.ts'

function startWorker(dataDirectory: string, key = Buffer.alloc(32, 9)) {
  const { port1, port2 } = new MessageChannel()
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: {
      port: port2,
      dataDirectory,
      secretsKey: key.toString('base64'),
      resticCandidates: [],
      stagingRoot: null,
      peer: 'ada@desk',
      agentVersion: '1.2.3',
    },
    transferList: [port2],
    stderr: true,
  })
  return { worker, client: connect(agentContract, messagePort(port1)) }
}

async function close(worker: Worker): Promise<unknown> {
  const exit = once(worker, 'exit')
  worker.postMessage('close')
  return (await exit)[0]
}

test('an agent in a worker thread answers over its port, and ends when it is told to', async () => {
  await using directory = temporaryDirectory()
  const { worker, client } = startWorker(join(directory.path, 'data'))
  expect(await client.host.hello({ protocol: 1 })).toMatchObject({ agentVersion: '1.2.3', restic: null })
  expect(await close(worker)).toBe(0)

  const next = startWorker(join(directory.path, 'data'))
  expect(await next.client.run.list({ limit: 1 })).toEqual([])
  expect(await close(next.worker)).toBe(0)
})

test('told twice to end, it ends once, with all that it had open', async () => {
  await using directory = temporaryDirectory()
  const { agent } = await agentWorld(directory.path, { resticCandidates: [] })
  const order: string[] = []
  const ends = ['first', 'second'].map((who) => agent[Symbol.asyncDispose]().then(() => order.push(who)))
  await Promise.all(ends)
  expect(order).toEqual(['first', 'second'])

  const { worker, client } = startWorker(join(directory.path, 'other'))
  await client.host.hello({ protocol: 1 })
  worker.postMessage('close')
  expect(await close(worker)).toBe(0)
})

test('a thread that was ended without asking lets go of the data', async () => {
  await using directory = temporaryDirectory()
  const first = startWorker(join(directory.path, 'data'))
  await first.client.host.hello({ protocol: 1 })
  await first.worker.terminate()
  const second = startWorker(join(directory.path, 'data'))
  expect(await second.client.run.list({ limit: 1 })).toEqual([])
  expect(await close(second.worker)).toBe(0)
})

test('an agent that cannot start says why', async () => {
  await using directory = temporaryDirectory()
  const data = join(directory.path, 'data')
  const first = startWorker(data)
  await first.client.repository.add({
    name: 'x',
    access: { url: '/nowhere', username: '', serverPassword: '', password: 'p' },
  })
  const second = startWorker(data)
  expect((await once(second.worker, 'error'))[0]).toMatchObject({
    message: `Another one is using ${data}/agent.db. End that one first.`,
  })
  await close(first.worker)
  const third = startWorker(data, Buffer.alloc(32, 1))
  const [error] = await once(third.worker, 'error')
  expect(error).toMatchObject({ message: expect.stringContaining('was sealed with another key') })
})
