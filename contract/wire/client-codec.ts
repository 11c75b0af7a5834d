import { type ClientContext, type ClientOptions, isORPCErrorJson, mapEventIterator, ORPCError } from '@orpc/client'
import { type StandardLinkCodec, toHttpPath } from '@orpc/client/standard'
import { isAsyncIteratorObject } from '@orpc/shared'
import { ErrorEvent, type StandardLazyResponse, type StandardRequest } from '@orpc/standard-server'
import { Fault, readFault } from '../errors.ts'

/** Plain JSON on the wire: the contract holds no dates, maps or files, so nothing has to be tagged. */
export class ClientCodec implements StandardLinkCodec<ClientContext> {
  async encode(
    path: readonly string[],
    input: unknown,
    options: ClientOptions<ClientContext>,
  ): Promise<StandardRequest> {
    const headers = options.lastEventId === undefined ? {} : { 'last-event-id': options.lastEventId }
    return {
      url: new URL(`http://orpc${toHttpPath(path)}`),
      method: 'POST',
      headers,
      body: input,
      signal: options.signal,
    }
  }

  async decode(response: StandardLazyResponse): Promise<unknown> {
    const body = await response.body()
    if (response.status >= 400) throw readError(body)
    if (!isAsyncIteratorObject(body)) return body
    return mapEventIterator(body, {
      value: async (value) => value,
      error: async (error) => (error instanceof ErrorEvent ? readError(error.data) : error),
    })
  }
}

/** A fault of the closed set; else what the wire itself refused; else `internal`, for it is not ours to guess. */
function readError(body: unknown): Error {
  const fault = readFault(body)
  if (fault !== undefined) return fault
  if (isORPCErrorJson(body)) return new ORPCError(body.code, { status: body.status, message: body.message })
  return new Fault('internal', { reference: 'the answer was not understood' })
}
