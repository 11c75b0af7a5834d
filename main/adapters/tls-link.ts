import { once } from 'node:events'
import { request } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { z } from 'zod'
import { reasonOf } from '../../contract/reasons.ts'
import {
  type Redeemed,
  type Redemption,
  type RedemptionRefusal,
  redeemedSchema,
  redemptionRefusalSchema,
} from '../../contract/shapes/enrolment.ts'
import { type LinkTimes, USUAL_LINK_TIMES } from '../../contract/shapes/link-times.ts'
import { type AgentPort, type Identity, LinkFailure, type PinnedAgent } from '../services/hosts/index.ts'
import { agentPort } from './tls-link/agent-port.ts'
import { openPinned } from './tls-link/pinned-socket.ts'
import { upgrade } from './tls-link/upgrade.ts'

/** Characters of an answer to a code. */
const LONGEST_ANSWER = 16_384

const answerSchema = z.union([redeemedSchema, redemptionRefusalSchema])

/** A port to an agent over TLS, each side known by its key; nothing is sent to one with another key. Throws `LinkFailure`. */
export async function dialTls(
  to: PinnedAgent,
  as: Identity,
  signal: AbortSignal,
  times: LinkTimes = USUAL_LINK_TIMES,
): Promise<AgentPort> {
  const awaited = { ...to, ...times }
  const patience = AbortSignal.any([signal, AbortSignal.timeout(times.reachWithin * 1000)])
  const socket = await openPinned(awaited, as, patience)
  return agentPort(await upgrade(socket, awaited, patience), socket)
}

/** Give a one-time code to the agent that has the pinned key, and to no other. Throws `LinkFailure`. */
export async function redeem(
  to: PinnedAgent,
  as: Identity,
  redemption: Redemption,
  times: LinkTimes = USUAL_LINK_TIMES,
): Promise<Redeemed | RedemptionRefusal> {
  const signal = AbortSignal.timeout(times.reachWithin * 1000)
  const socket = await openPinned({ ...to, ...times }, as, signal)
  try {
    const answer = await post(JSON.stringify(redemption), { to, socket, signal })
    const read = answerSchema.safeParse(answer)
    if (read.success) return read.data
  } catch (cause) {
    throw new LinkFailure('answer_lost', reasonOf('answer_lost', { place: to.address }), { cause })
  } finally {
    socket.destroy()
  }
  throw new LinkFailure('no_agent', reasonOf('not_an_agent', { place: to.address }))
}

interface Over {
  readonly to: PinnedAgent
  readonly socket: TLSSocket
  readonly signal: AbortSignal
}

/** What is answered, as JSON; null for what is none. Rejects when the answer breaks off. */
async function post(body: string, { to, socket, signal }: Over): Promise<unknown> {
  const sent = request({
    method: 'POST',
    path: '/enrol',
    headers: { host: to.address, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    createConnection: () => socket,
    signal,
  })
  sent.end(body)
  const response: AsyncIterable<Buffer> = (await once(sent, 'response'))[0]
  let text = ''
  for await (const piece of response) {
    text += piece.toString('utf8')
    if (text.length > LONGEST_ANSWER) return null
  }
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
