import { type Context, ORPCError } from '@orpc/server'
import type { StandardHandler } from '@orpc/server/standard'
import type { StandardRequest, StandardResponse } from '@orpc/standard-server'
import {
  deserializeRequestMessage,
  encodeResponseMessage,
  MessageType,
  experimental_ServerPeerWithoutCodec as ServerPeer,
} from '@orpc/standard-server-peer'
import { z } from 'zod'
import { ConnectionLost, MAX_FRAME, MAX_OPEN, type Port, WINDOW } from './port.ts'

export interface Limits {
  /** Characters in one frame. */
  readonly maxFrame?: number
  /** Calls and streams open at once. */
  readonly maxOpen?: number
}

/** Answer one peer until its port closes; whatever is open then is aborted. The context is given once, per connection. */
export function servePort<C extends Context>(
  port: Port,
  handler: StandardHandler<C>,
  context: C,
  limits: Limits = {},
): void {
  const { maxFrame = MAX_FRAME, maxOpen = MAX_OPEN } = limits
  const credits = new Map<string, Credit>()

  const peer = new ServerPeer(async ([id, type, payload]) => {
    if (type === MessageType.EVENT_ITERATOR) await credits.get(id)?.take()
    await port.ready?.()
    const frame = await encodeText(id, type, payload)
    if (frame.length <= maxFrame) return port.send(frame)
    const refusal = failure('PAYLOAD_TOO_LARGE', `${frame.length} characters`)
    if (type === MessageType.RESPONSE) return port.send(await encodeText(id, type, refusal))
    port.send(await encodeText(id, MessageType.EVENT_ITERATOR, { event: 'error', data: refusal.body }))
    throw new ConnectionLost('an event was too large')
  })

  async function answer(request: StandardRequest): Promise<StandardResponse> {
    const { response } = await handler.handle({ ...request, body: async () => request.body }, { context })
    return response ?? failure('NOT_IMPLEMENTED', 'no such procedure')
  }

  async function receive(text: string): Promise<void> {
    if (text.length > maxFrame) throw new RangeError('frame too large')
    const frame = frameSchema.parse(JSON.parse(text))
    if ('ack' in frame) return credits.get(frame.i)?.give(frame.ack)
    if ('t' in frame) {
      peer.close({ id: frame.i, reason: new ConnectionLost('the caller left') })
      return credits.get(frame.i)?.end()
    }
    if (credits.has(frame.i) || credits.size >= maxOpen) throw new RangeError('too many at once')
    credits.set(frame.i, new Credit())
    try {
      await peer.message(deserializeRequestMessage(frame as never), answer)
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error
    } finally {
      credits.delete(frame.i)
    }
  }

  port.onFrame((text) => {
    void receive(text).catch(() => port.close('a frame this wire does not know'))
  })
  port.onClose(() => {
    peer.close({ reason: new ConnectionLost('the connection closed') })
    for (const credit of credits.values()) credit.end()
  })
}

/** How many events a stream may still send before its reader has taken some. */
class Credit {
  #left = WINDOW
  #over = false
  #wake = (): void => undefined

  async take(): Promise<void> {
    while (this.#left <= 0 && !this.#over) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    if (this.#over) throw new ConnectionLost('the reader left')
    this.#left -= 1
  }

  give(more: number): void {
    this.#left = Math.min(this.#left + more, 4 * WINDOW)
    this.#wake()
  }

  end(): void {
    this.#over = true
    this.#wake()
  }
}

const i = z.string().max(16)

/** Only what our own client sends: a request by path, a stop, an acknowledgement. */
const frameSchema = z.union([
  z.strictObject({
    i,
    p: z.strictObject({
      u: z.string().regex(/^\/[\w/-]{1,200}$/),
      b: z.unknown().optional(),
      h: z.strictObject({ 'last-event-id': z.string().max(200) }).optional(),
    }),
  }),
  z.strictObject({ i, t: z.literal(MessageType.ABORT_SIGNAL) }),
  z.strictObject({ i, ack: z.number().int().min(1).max(WINDOW) }),
])

type ResponseType = Parameters<typeof encodeResponseMessage>[1]

async function encodeText(id: string, type: ResponseType, payload: unknown): Promise<string> {
  const frame = await encodeResponseMessage(id, type, payload as never)
  if (typeof frame !== 'string') throw new TypeError('files do not cross this wire')
  return frame
}

function failure(code: string, message: string): StandardResponse {
  const error = new ORPCError(code, { message })
  return { status: error.status, headers: {}, body: error.toJSON() }
}
