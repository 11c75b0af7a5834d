import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import type { Backend } from '../backend.ts'
import { restBackend } from './rest-backend.ts'

type Answer = (response: ServerResponse) => void

interface ScriptedServer extends AsyncDisposable {
  readonly backend: Backend
  /** How often it was asked. */
  asked(): number
}

/** A server that gives one answer after another, the last one for good. */
async function startScriptedServer(...answers: readonly Answer[]): Promise<ScriptedServer> {
  let asked = 0
  const server = createServer((_, response) => {
    answers[Math.min(asked, answers.length - 1)]?.(response)
    asked += 1
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return {
    backend: restBackend({ url, username: '', password: '', patience: 50 }),
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const give =
  (status: number, body = ''): Answer =>
  (response) =>
    response.writeHead(status).end(body)

const stopHalfWay: Answer = (response) => {
  response.writeHead(200, { 'content-length': 6 })
  response.write('con')
}

it('reads again what broke off half way', async () => {
  const breakHalfWay: Answer = (response) => {
    stopHalfWay(response)
    setImmediate(() => response.destroy())
  }
  await using server = await startScriptedServer(breakHalfWay, give(200, 'config'))
  expect((await server.backend.readConfig({})).toString()).toBe('config')
})

it('gives a connection up on which nothing comes any more', async () => {
  const unreachable = { code: 'unreachable', data: { reason: 'nothing came for 0.05 seconds' } }
  await using silent = await startScriptedServer(() => undefined)
  await expect(silent.backend.readConfig({})).rejects.toMatchObject(unreachable)
  await using stalled = await startScriptedServer(stopHalfWay)
  await expect(stalled.backend.readConfig({})).rejects.toMatchObject(unreachable)
  expect(stalled.asked()).toBe(2)
})

it('asks once where the answer would be the same', async () => {
  await using server = await startScriptedServer(give(403))
  await expect(server.backend.readConfig({})).rejects.toMatchObject({ code: 'unauthenticated' })
  expect(server.asked()).toBe(1)
})

it('has nothing behind the end of a pack', async () => {
  await using server = await startScriptedServer(give(416))
  expect(await server.backend.readRange('ab', 100, 10, {})).toHaveLength(0)
})

it('ends at once when it is cancelled half way', async () => {
  const stop = new AbortController()
  const reason = new Error('enough')
  await using server = await startScriptedServer((response) => {
    stopHalfWay(response)
    setImmediate(() => stop.abort(reason))
  })
  await expect(server.backend.readConfig({ signal: stop.signal })).rejects.toBe(reason)
  expect(server.asked()).toBe(1)
})
