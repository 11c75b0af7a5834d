import { once } from 'node:events'
import { connect, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls'
import { codeOf, networkReason } from '../../../contract/network-reason.ts'
import { reasonOf } from '../../../contract/reasons.ts'
import type { LinkTimes } from '../../../contract/shapes/link-times.ts'
import { type Identity, LinkFailure, type PinnedAgent } from '../../services/hosts/index.ts'
import { pinOf } from '../../services/key-pin.ts'

/** An agent, and how long it is waited for. */
export type AwaitedAgent = PinnedAgent & LinkTimes

/**
 * TLS to an agent, of which nothing is said before its key has been compared. Who signed its certificate means nothing
 * here: the pin does. Throws `LinkFailure`.
 */
export async function openPinned(agent: AwaitedAgent, identity: Identity, signal: AbortSignal): Promise<TLSSocket> {
  const { address, pin } = agent
  const socket = connect({
    ...hostAndPort(address),
    secureContext: contextOf(identity),
    rejectUnauthorized: false,
  })
  try {
    await once(socket, 'secureConnect', { signal })
  } catch (error) {
    socket.on('error', () => undefined)
    socket.destroy()
    throw failureOf(error, agent)
  }
  socket.on('error', () => socket.destroy())
  const shown = socket.getPeerX509Certificate()
  if (shown !== undefined && pinOf(shown) === pin) return socket
  socket.destroy()
  throw new LinkFailure('other_key', reasonOf('other_key', { place: address }))
}

const contexts = new WeakMap<Identity, SecureContext>()

/** One for all connections of an identity: reading its key costs more than half of what a handshake costs. */
function contextOf(identity: Identity): SecureContext {
  const known = contexts.get(identity)
  if (known !== undefined) return known
  const { key, certificate } = identity
  const made = createSecureContext({ key, cert: certificate, minVersion: 'TLSv1.3' })
  contexts.set(identity, made)
  return made
}

function hostAndPort(address: string): { host: string; port: number } {
  const at = address.lastIndexOf(':')
  return { host: address.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(address.slice(at + 1)) }
}

/** What a connection that did not come about, or broke, says to the operator. */
export function failureOf(
  cause: unknown,
  { address, reachWithin }: Pick<AwaitedAgent, 'address' | 'reachWithin'>,
): LinkFailure {
  if (cause instanceof Error && (cause.name === 'TimeoutError' || cause.name === 'AbortError')) {
    const reason = reasonOf('no_answer_within', { place: address, seconds: reachWithin })
    return new LinkFailure('unreachable', reason, { cause })
  }
  const isTls = /^(EPROTO|ERR_SSL|ERR_TLS)/.test(codeOf(cause))
  return new LinkFailure(isTls ? 'no_agent' : 'unreachable', networkReason(cause, address), { cause })
}
