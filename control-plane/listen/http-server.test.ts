import { once } from 'node:events'
import { createServer } from 'node:https'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { makeIdentity } from '../../engine/identity/identity.ts'
import { listenWith } from './http-server.ts'

test('whoever connects and says nothing does not hold up the end', async () => {
  const { key, certificate } = await makeIdentity('plane')
  const server = createServer({ key, cert: certificate, handshakeTimeout: 2 ** 31 - 1 })
  const listening = await listenWith(server, {
    listen: { host: '127.0.0.1', port: 0 },
    answer: () => Promise.reject(new Error('nothing was asked')),
    log: () => undefined,
  })
  const silent = connect(listening.address.port, '127.0.0.1')
  const came = once(server, 'connection')
  await Promise.all([came, once(silent, 'connect')])
  const gone = once(silent, 'close')
  await listening[Symbol.asyncDispose]()
  expect(await gone).toEqual([false])
})
