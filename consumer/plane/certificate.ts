import type { X509Certificate } from 'node:crypto'
import { connect } from 'node:tls'
import { Fault } from '../../contract/errors.ts'
import { networkReason } from '../../contract/network-reason.ts'
import { pinOf } from '../../engine/identity/identity.ts'

const PATIENCE = 15_000

/**
 * The certificate of the plane at an address, PEM, when its key is the one that `pin` says: from then on it alone is trusted. Throws
 * `unreachable`; `conflict` (`another_key`) with the pin that was found.
 */
export async function certificateOf(url: string, pin: string): Promise<string> {
  const { hostname: host, port } = new URL(url)
  const { promise, resolve, reject } = Promise.withResolvers<X509Certificate>()
  // Nothing is sent on this connection: it only shows who answers there.
  const socket = connect({ host: host.replace(/^\[|\]$/g, ''), port: Number(port || 443), rejectUnauthorized: false })
  socket.setTimeout(PATIENCE, () => socket.destroy(new Error(`nothing came for ${PATIENCE / 1000} seconds`)))
  socket.on('secureConnect', () => {
    const shown = socket.getPeerX509Certificate()
    if (shown === undefined) reject(new Error('it shows no certificate'))
    else resolve(shown)
  })
  socket.on('error', reject)
  try {
    const shown = await promise
    const found = pinOf(shown)
    if (found !== pin) throw new Fault('conflict', { what: 'another_key', detail: found })
    return shown.toString()
  } catch (error) {
    if (error instanceof Fault) throw error
    throw new Fault('unreachable', { host, ...networkReason(error, host) })
  } finally {
    socket.destroy()
  }
}
