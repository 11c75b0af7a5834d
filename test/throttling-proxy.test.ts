import { once } from 'node:events'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { startThrottlingProxy } from './throttling-proxy.ts'

it('passes all bytes on, no faster than its rate', async () => {
  const body = Buffer.alloc(64 * 1024, 'slow')
  const server = createServer((_request, response) => response.end(body)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  await using proxy = await startThrottlingProxy((server.address() as AddressInfo).port, 256 * 1024)
  const began = performance.now()
  const received = await fetchBody(proxy.port)
  const slow = performance.now() - began
  proxy.setRate(256 * 1024 * 1024)
  await fetchBody(proxy.port)
  const fast = performance.now() - began - slow
  server.close()
  expect(received.equals(body)).toBe(true)
  expect(slow).toBeGreaterThan(240)
  expect(fast).toBeLessThan(slow)
})

async function fetchBody(port: number): Promise<Buffer> {
  const [response] = await once(get({ port, host: '127.0.0.1', agent: false }), 'response')
  return buffer(response)
}
