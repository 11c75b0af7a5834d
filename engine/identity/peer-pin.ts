import { TLSSocket } from 'node:tls'
import { pinOf } from './identity.ts'

/** The pin of the key that the other end has shown to hold; undefined for one that showed none, or none we can read. */
export function peerPin(socket: unknown): string | undefined {
  if (!(socket instanceof TLSSocket)) return undefined
  try {
    const certificate = socket.getPeerX509Certificate()
    return certificate === undefined ? undefined : pinOf(certificate)
  } catch {
    return undefined
  }
}
