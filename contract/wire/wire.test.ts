import { setTimeout as pause } from 'node:timers/promises'
import { eventIterator } from '@orpc/contract'
import { implement, withEventMeta } from '@orpc/server'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { Fault } from '../errors.ts'
import { read, write } from '../procedure.ts'
import { connect, reconnect } from './client.ts'
import { memoryPorts } from './memory-port.ts'
import { ConnectionLost, type Port } from './port.ts'
import { servePort } from './serve-port.ts'
import { WireHandler } from './server-codec.ts'

const contract = {
  echo: read.input(z.object({ text: z.string() })).output(z.object({ text: z.string() })),
  fail: read.input(z.object({ how: z.enum(['fault', 'bug', 'bad-fault']) })).output(z.object({})),
  wait: read.output(z.object({})),
  count: read.input(z.object({ to: z.number() })).output(eventIterator(z.object({ n: z.number() }))),
  start: write.output(z.object({})),
}

function world() {
  const seen = { produced: 0, finals: [] as string[], reports: [] as unknown[], starts: 0 }
  const os = implement(contract)
  const router = os.router({
    echo: os.echo.handler(({ input }) => input),
    fail: os.fail.handler(({ input }) => {
      if (input.how === 'fault')
        throw new Fault('host_busy', { runId: 'r1', kind: 'restore', startedAt: '2026-11-21T00:00:00Z' })
      if (input.how === 'bad-fault') throw new Fault('not_found', { what: 3, password: 'hunter2' } as never)
      throw new Error('secret hunter2')
    }),
    wait: os.wait.handler(async ({ signal }) => {
      try {
        await pause(60_000, undefined, { signal: signal as AbortSignal })
      } finally {
        seen.finals.push('wait')
      }
      return {}
    }),
    count: os.count.handler(async function* ({ input, lastEventId }) {
      try {
        for (let n = Number(lastEventId ?? 0) + 1; n <= input.to; n += 1) {
          seen.produced += 1
          yield withEventMeta({ n }, { id: String(n) })
        }
      } finally {
        seen.finals.push('count')
      }
    }),
    start: os.start.handler(async () => {
      seen.starts += 1
      await pause(30)
      return {}
    }),
  })
  const handler = new WireHandler(router, (error) => {
    seen.reports.push(error)
    return 'reference-1'
  })
  const serve = (): Port => {
    const [ours, theirs] = memoryPorts()
    servePort(theirs, handler, {})
    return ours
  }
  return { seen, serve }
}

test('carries a call and its answer', async () => {
  const { serve } = world()
  const client = connect(contract, serve())
  expect(await client.echo({ text: 'a\ud800\udc80\udc80' })).toEqual({ text: 'a\ud800\udc80\udc80' })
})

test('a fault arrives with its code and fields', async () => {
  const { serve } = world()
  const error = await connect(contract, serve())
    .fail({ how: 'fault' })
    .catch((e: unknown) => e)
  expect(error).toBeInstanceOf(Fault)
  expect(error).toMatchObject({ code: 'host_busy', data: { runId: 'r1', kind: 'restore' } })
})

test('a bug crosses as internal with a reference, and nothing of it', async () => {
  const { serve, seen } = world()
  const error = await connect(contract, serve())
    .fail({ how: 'bug' })
    .catch((e: unknown) => e)
  expect(error).toMatchObject({ code: 'internal', data: { reference: 'reference-1' } })
  expect(JSON.stringify(error)).not.toContain('hunter2')
  expect(seen.reports).toHaveLength(1)
})

test('a fault whose fields do not fit is not taken for one', async () => {
  const { serve } = world()
  const error = await connect(contract, serve())
    .fail({ how: 'bad-fault' })
    .catch((e: unknown) => e)
  expect(error).not.toBeInstanceOf(Fault)
  expect(JSON.stringify(error)).not.toContain('hunter2')
})

test('input that does not fit says where', async () => {
  const { serve } = world()
  const error = await connect(contract, serve())
    .echo({ text: 1 as never })
    .catch((e: unknown) => e)
  expect(error).toMatchObject({ code: 'invalid_input', data: { issues: [{ path: ['text'] }] } })
})

test('an abort reaches the handler', async () => {
  const { serve, seen } = world()
  const stop = new AbortController()
  const call = connect(contract, serve()).wait(undefined, { signal: stop.signal })
  await pause(10)
  stop.abort(new Error('left'))
  await expect(call).rejects.toThrow('left')
  await expect.poll(() => seen.finals).toEqual(['wait'])
})

test('a reader that stops holds the writer at the window, and leaving ends it', async () => {
  const { serve, seen } = world()
  const stream = await connect(contract, serve()).count({ to: 100_000 })
  await stream.next()
  await pause(50)
  expect(seen.produced).toBeLessThan(200)
  await stream.return?.()
  await expect.poll(() => seen.finals).toEqual(['count'])
})

test('a stream goes on after its last event when ports drop; a write is not repeated', async () => {
  const { serve, seen } = world()
  const ports: Port[] = []
  const client = reconnect(contract, {
    dial: async () => {
      const port = serve()
      ports.push(port)
      return port
    },
    pause: async () => undefined,
  })
  const got: number[] = []
  for await (const { n } of await client.count({ to: 500 })) {
    got.push(n)
    if (n % 90 === 0) ports.at(-1)?.close('cut')
  }
  expect(got).toEqual(Array.from({ length: 500 }, (_, at) => at + 1))
  expect(ports.length).toBeGreaterThan(4)

  const lost = client.start(undefined)
  await pause(10)
  ports.at(-1)?.close('cut')
  await expect(lost).rejects.toBeInstanceOf(ConnectionLost)
  await pause(50)
  expect(seen.starts).toBe(1)
})

test.each([
  ['no JSON', '{'],
  ['an unknown shape', '{"i":"1","p":{"u":"http://elsewhere/echo"}}'],
  ['a foreign header', '{"i":"1","p":{"u":"/echo","h":{"x-role":"admin"}}}'],
  ['a method', '{"i":"1","p":{"u":"/echo","m":"GET"}}'],
])('%s closes that port and nothing else', async (_, frame) => {
  const { serve } = world()
  const port = serve()
  const closed = new Promise<string>((resolve) => port.onClose(resolve))
  port.send(frame)
  expect(await closed).toContain('does not know')
  expect(await connect(contract, serve()).echo({ text: 'alive' })).toEqual({ text: 'alive' })
})

test('a procedure that is not in the contract is refused', async () => {
  const { serve } = world()
  const stranger = connect({ ...contract, other: read.output(z.object({})) }, serve())
  await expect(stranger.other(undefined)).rejects.toMatchObject({ code: 'NOT_IMPLEMENTED' })
})
