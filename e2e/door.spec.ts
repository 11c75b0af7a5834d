import { once } from 'node:events'
import { request } from 'node:http'
import { WebSocket } from 'ws'
import { expect, test } from './fixture.ts'
import { announcedAddress, startHeadless } from './launch/browser.ts'
import { endProgram } from './launch/running-console.ts'

test('a stranger on this computer is refused: without the ticket, from another page, under another name', {
  tag: '@headless',
}, async ({ place }) => {
  const program = startHeadless(place)
  try {
    const address = new URL(await announcedAddress(program))
    const ticket = new URLSearchParams(address.hash.slice(1)).get('ticket') ?? ''
    expect(address.hostname).toBe('127.0.0.1')
    expect(ticket.length).toBeGreaterThanOrEqual(43)

    expect(await knock(address, { ticket, origin: address.origin })).toBe('open')
    expect(await knock(address, { origin: address.origin })).toBe(403)
    expect(await knock(address, { ticket: `${ticket.slice(1)}_`, origin: address.origin })).toBe(403)
    expect(await knock(address, { ticket, origin: 'http://example.org' })).toBe(403)
    expect(await knock(address, { ticket })).toBe(403)
    expect(await knock(address, { ticket, origin: address.origin, host: 'console.example.org' })).not.toBe('open')
    expect(await statusOf(address, '/', 'console.example.org')).toBe(421)
    expect(await statusOf(address, '/', address.host)).toBe(200)
    expect(await statusOf(address, '/..%2f..%2fpackage.json', address.host)).not.toBe(200)
  } finally {
    await endProgram(program.process, 'SIGTERM')
  }
  expect(program.process.exitCode).toBe(0)
})

interface Knock {
  readonly ticket?: string
  readonly origin?: string
  readonly host?: string
}

/** Try to open the wire: `open`, or the status it was refused with. */
async function knock(address: URL, { ticket, origin, host }: Knock): Promise<'open' | number> {
  const protocols = ['console.v1', ...(ticket === undefined ? [] : [`ticket.${ticket}`])]
  const socket = new WebSocket(`ws://${address.host}/wire`, protocols, {
    ...(origin === undefined ? {} : { origin }),
    headers: host === undefined ? {} : { host },
  })
  const { promise, resolve, reject } = Promise.withResolvers<'open' | number>()
  socket.on('open', () => resolve('open'))
  socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
  socket.on('error', reject)
  try {
    return await promise
  } finally {
    socket.terminate()
  }
}

async function statusOf(address: URL, path: string, host: string): Promise<number> {
  const asked = request({ host: '127.0.0.1', port: address.port, path, headers: { host }, agent: false }).end()
  const [response] = await once(asked, 'response')
  response.resume()
  return response.statusCode
}
