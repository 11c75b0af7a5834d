import { Agent, type IncomingMessage, type OutgoingHttpHeaders, request as overPlain } from 'node:http'
import { request as overTls, Agent as TlsAgent } from 'node:https'

/** Milliseconds for which a connection is kept for the next question: less than servers do, so that it is rarely closed under one. */
const KEPT = 4_000
const TLS = 'https:'

export interface ServerQuestion {
  /** `GET` unless given. */
  readonly method?: 'HEAD' | 'POST' | 'DELETE'
  readonly body?: Buffer
  readonly headers: OutgoingHttpHeaders
  readonly signal: AbortSignal
  /** Connections to be used again; one for this question alone unless given. */
  readonly connections?: Agent
}

/** Connections to the server of an address that are used again. */
export function keptConnections({ protocol }: URL): Agent {
  const options = { keepAlive: true, timeout: KEPT }
  return protocol === TLS ? new TlsAgent(options) : new Agent(options)
}

/**
 * Ask a server by HTTP/1.1 and wait for the head of its answer; redirects are not followed. Node's `fetch` would do the
 * same and take 15 MiB for itself. Throws what the network says, and the reason of the signal, with which reading the
 * answer ends too.
 */
export function askServer(
  url: URL,
  { method, body, headers, signal, connections }: ServerQuestion,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const ask = url.protocol === TLS ? overTls : overPlain
  const question = ask(url, { method: method ?? 'GET', headers, signal, agent: connections ?? false })
  question.on('response', resolve)
  // It may also come after the answer has begun; then who reads that is told by it.
  question.on('error', (error) => reject(signal.aborted ? signal.reason : error))
  question.end(body)
  return promise
}
