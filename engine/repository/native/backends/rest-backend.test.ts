import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { type Answer, answerWithoutEnd, give, stopHalfWay } from '../../../../test/scripted-answers.ts'
import type { Backend } from '../backend.ts'
import { restBackend } from './rest-backend.ts'

interface ScriptedServer extends AsyncDisposable {
  readonly backend: Backend
  readonly url: string
  /** How often it was asked. */
  asked(): number
  /** How many connections it was asked on. */
  connections(): number
}

const credentials = { username: 'olivia', password: 'open sesame' }

/** A server that gives one answer after another, the last one for good. */
async function startScriptedServer(...answers: readonly Answer[]): Promise<ScriptedServer> {
  let asked = 0
  let connections = 0
  const server = createServer((request, response) => {
    answers[Math.min(asked, answers.length - 1)]?.(response, request)
    asked += 1
  })
  server.on('connection', () => {
    connections += 1
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return {
    url,
    backend: restBackend({ url, ...credentials }),
    asked: () => asked,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

it('reads again what broke off half way', async () => {
  const breakHalfWay: Answer = (response) => {
    stopHalfWay(response)
    setImmediate(() => response.destroy())
  }
  await using server = await startScriptedServer(breakHalfWay, give(200, 'config'))
  expect((await server.backend.readConfig({})).toString()).toBe('config')
})

it('asks on the same connection again, and on one of its own where that was closed meanwhile', async () => {
  const closeAsked: Answer = (response) => response.destroy()
  await using server = await startScriptedServer(give(200, 'one'), give(200, 'two'), closeAsked, give(200, 'three'))
  for (const text of ['one', 'two']) expect((await server.backend.readConfig({})).toString()).toBe(text)
  expect(server.connections()).toBe(1)
  expect((await server.backend.readConfig({})).toString()).toBe('three')
  expect(server.connections()).toBe(2)
})

it('keeps to a few connections, however much is wanted at once', async () => {
  const waiting: ServerResponse[] = []
  await using server = await startScriptedServer((response) => {
    waiting.push(response)
    // Each in its own turn, when as many have come as are let in.
    if (waiting.length === 24) setImmediate(() => waiting.splice(0).map((one) => one.end('config')))
  })
  const texts = await Promise.all(Array.from({ length: 72 }, () => server.backend.readConfig({})))
  expect(new Set(texts.map(String))).toEqual(new Set(['config']))
  expect(server.connections()).toBe(24)
})

it('reads an answer of which nothing says how long it is', async () => {
  const text = 'a listing or a pack '.repeat(10_000)
  await using server = await startScriptedServer((response) => {
    response.writeHead(200)
    response.write(text)
    response.end(text)
  })
  expect((await server.backend.readConfig({})).toString()).toBe(text + text)
})

it('does not hand credentials to a place it is sent on to', async () => {
  const headers: (string | undefined)[] = []
  await using elsewhere = await startScriptedServer((response, { headers: { authorization } }) => {
    headers.push(authorization)
    response.end('config')
  })
  expect((await elsewhere.backend.readConfig({})).toString()).toBe('config')
  expect(headers).toEqual([`Basic ${Buffer.from('olivia:open sesame').toString('base64')}`])
  await using server = await startScriptedServer((response) =>
    response.writeHead(302, { location: elsewhere.url }).end(),
  )
  await expect(server.backend.readConfig({})).rejects.toMatchObject({
    code: 'unreachable',
    data: { reason: 'The server answered with HTTP status 302.' },
  })
  expect(elsewhere.asked()).toBe(1)
})

it('gives a connection up on which nothing comes any more', async () => {
  const unreachable = { code: 'unreachable', data: { why: { code: 'no_answer' } } }
  await using silent = await startScriptedServer(() => undefined)
  const inNoTime = ({ url }: ScriptedServer) => restBackend({ url, ...credentials, patience: 200 })
  await expect(inNoTime(silent).readConfig({})).rejects.toMatchObject(unreachable)
  await using stalled = await startScriptedServer(stopHalfWay)
  await expect(inNoTime(stalled).readConfig({})).rejects.toMatchObject(unreachable)
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

it('takes no more than it asked for, whether that is said before or never ends', async () => {
  await using whole = await startScriptedServer(give(200, 'the whole of a pack'))
  await expect(whole.backend.readRange('ab', 4, 5, {})).rejects.toMatchObject({
    code: 'unreachable',
    data: { reason: 'The server sent more than 5 bytes for data/ab.' },
  })
  const { answer, isGone } = answerWithoutEnd()
  await using endless = await startScriptedServer(answer)
  await expect(endless.backend.readRange('ab', 4, 50, {})).rejects.toMatchObject({ code: 'unreachable' })
  await expect.poll(isGone).toBe(true)
  expect(endless.asked()).toBe(1)
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
