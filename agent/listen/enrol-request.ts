import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import {
  type Redeemed,
  type Redemption,
  type RedemptionRefusal,
  redemptionSchema,
} from '../../contract/shapes/enrolment.ts'
import { AGENT_PROTOCOL } from '../../contract/shapes/host.ts'
import type { Codes } from '../trust/codes.ts'
import type { Tries } from '../../engine/identity/tries.ts'
import { peerPin } from '../../engine/identity/peer-pin.ts'
import { sourceOf } from '../../engine/identity/source.ts'
import type { SparingLog } from './sparing-log.ts'

const PATH = '/enrol'
/** Bytes. */
const LONGEST_BODY = 4096

const STATUS: Readonly<Record<RedemptionRefusal['refused'], number>> = {
  unknown: 404,
  used: 410,
  expired: 410,
  workspace: 403,
  'too-many': 429,
  version: 426,
  malformed: 400,
}

export interface EnrolDeps {
  readonly codes: Codes
  /** What an enrolled console is told of this host. */
  readonly about: Pick<Redeemed, 'agentId' | 'hostname'>
  readonly tries: Tries
  readonly log: SparingLog
}

/** Answers `POST /enrol`, and says nothing to any other request. */
export async function answerRequest(
  { codes, about, tries, log }: EnrolDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST' || request.url !== PATH) return refuse(response, 404)
  const pin = peerPin(request.socket)
  if (pin === undefined) return refuse(response, 403)
  const address = request.socket.remoteAddress ?? 'an unknown address'
  const decide = async (): Promise<Redeemed | RedemptionRefusal> => {
    if (!tries.take(sourceOf(address))) return { refused: 'too-many' }
    const redemption = await readRedemption(request)
    if ('refused' in redemption) return redemption
    const outcome = codes.redeem(redemption, { pin, address })
    return 'refused' in outcome ? outcome : { ...about, ...outcome }
  }
  const answer = await decide()
  if ('refused' in answer) log('enrolment.answered', { address, pin, refused: answer.refused })
  say(response, answer)
}

/** What somebody wants who has sent `POST /enrol`: read loosely until it is clear that both speak the same. */
async function readRedemption(request: IncomingMessage): Promise<Redemption | RedemptionRefusal> {
  const text = await bodyOf(request)
  if (text === undefined) return { refused: 'malformed' }
  const body = parseJson(text)
  const version = z.looseObject({ protocol: z.number() }).safeParse(body)
  if (!version.success) return { refused: 'malformed' }
  if (version.data.protocol !== AGENT_PROTOCOL) return { refused: 'version' }
  return redemptionSchema.safeParse(body).data ?? { refused: 'malformed' }
}

/** The only words that the agent ever says to somebody it does not know yet. */
function say(response: ServerResponse, answer: Redeemed | RedemptionRefusal): void {
  const body = JSON.stringify(answer)
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    connection: 'close',
  }
  response.writeHead('refused' in answer ? STATUS[answer.refused] : 200, headers).end(body)
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close', 'content-length': 0 }).end()
}

/** Undefined for one that is too long or breaks off. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = []
  let length = 0
  try {
    for await (const piece of request) {
      const bytes = Buffer.from(piece)
      length += bytes.length
      if (length > LONGEST_BODY) return undefined
      pieces.push(bytes)
    }
  } catch {
    return undefined
  }
  return Buffer.concat(pieces).toString('utf8')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
