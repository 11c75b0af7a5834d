import type { ClientContext } from '@orpc/client'
import type { StandardLinkClient } from '@orpc/client/standard'
import { isAsyncIteratorObject } from '@orpc/shared'
import { ErrorEvent, type StandardLazyResponse, type StandardRequest } from '@orpc/standard-server'
import {
  experimental_ClientPeerWithoutCodec as ClientPeer,
  decodeResponseMessage,
  encodeRequestMessage,
  MessageType,
} from '@orpc/standard-server-peer'
import { ConnectionLost, type Port, WINDOW } from './port.ts'

/** The calling half over one port. When the port closes, everything open fails with ConnectionLost. */
export class PortClient implements StandardLinkClient<ClientContext> {
  readonly #ids = new WeakMap<StandardRequest, string>()
  readonly #peer: ClientPeer
  readonly #port: Port
  #lost: ConnectionLost | undefined

  constructor(port: Port) {
    this.#port = port
    this.#peer = new ClientPeer(async ([id, type, payload]) => {
      if (this.#lost !== undefined) throw this.#lost
      if (type === MessageType.REQUEST) this.#ids.set(payload as StandardRequest, id)
      port.send((await encodeRequestMessage(id, type, payload as never)) as string)
    })
    port.onFrame((frame) => {
      void decodeResponseMessage(frame)
        .then((message) => this.#peer.message(message))
        .catch(() => port.close('a frame this wire does not know'))
    })
    port.onClose((reason) => {
      this.#lost = new ConnectionLost(reason)
      this.#peer.close({ reason: this.#lost })
    })
  }

  async call(request: StandardRequest): Promise<StandardLazyResponse> {
    const response = await this.#peer.request(request).catch((error: unknown) => {
      throw this.#rename(error, request.signal)
    })
    const body = isAsyncIteratorObject(response.body) ? this.#metered(response.body, request) : response.body
    return { ...response, body: () => Promise.resolve(body) }
  }

  /** Count what the reader takes, and give the writer new credit at every half window. */
  #metered(
    source: AsyncIterator<unknown, unknown, undefined>,
    request: StandardRequest,
  ): AsyncIterableIterator<unknown> {
    let taken = 0
    const next = async (): Promise<IteratorResult<unknown>> => {
      taken += 1
      if (taken === WINDOW / 2) {
        taken = 0
        if (this.#lost === undefined) this.#port.send(JSON.stringify({ i: this.#ids.get(request), ack: WINDOW / 2 }))
      }
      try {
        return await source.next()
      } catch (error) {
        throw error instanceof ErrorEvent ? error : this.#rename(error, request.signal)
      }
    }
    return {
      next,
      return: async (value?: unknown) => {
        await source.return?.(value)
        return { done: true, value }
      },
      [Symbol.asyncIterator]() {
        return this
      },
    }
  }

  /** The library reports a closed queue as a plain Error; say instead what happened: an abort, or the port's end. */
  #rename(error: unknown, signal: { readonly aborted: boolean; readonly reason: unknown } | undefined): unknown {
    if (signal?.aborted === true) return signal.reason
    return this.#lost ?? error
  }
}
