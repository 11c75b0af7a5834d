import { mapEventIterator, type ORPCErrorJSON } from '@orpc/client'
import { ValidationError } from '@orpc/contract'
import { type AnyRouter, type Context, ORPCError } from '@orpc/server'
import {
  type StandardCodec,
  StandardHandler,
  type StandardHandlerOptions,
  StandardRPCMatcher,
} from '@orpc/server/standard'
import { isAsyncIteratorObject, toArray } from '@orpc/shared'
import { ErrorEvent, type StandardLazyRequest, type StandardResponse } from '@orpc/standard-server'
import { Fault, type FaultCode } from '../errors.ts'
import { ConnectionLost } from './port.ts'
import { issuesOf } from './schema-issues.ts'

/** Log what must not cross the wire, and give it a reference that may. */
export type Report = (error: unknown, path: readonly string[]) => string

const STATUS: Partial<Record<FaultCode, number>> = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  host_busy: 409,
  conflict: 409,
  invalid_input: 400,
}

/** The handlers of a contract, ready to be served over ports. */
export class WireHandler<C extends Context> extends StandardHandler<C> {
  constructor(router: AnyRouter, report: Report, options: StandardHandlerOptions<C> = {}) {
    super(router as never, new StandardRPCMatcher(options as never), new ServerCodec(report), {
      ...options,
      clientInterceptors: [
        ...toArray(options.clientInterceptors),
        // Whatever is thrown once the caller has left is but the echo of its leaving.
        async ({ signal, next }) => {
          const cause = (error: unknown): unknown => (signal?.aborted === true ? signal.reason : error)
          const output = await Promise.resolve(next()).catch((error: unknown) => {
            throw cause(error)
          })
          if (!isAsyncIteratorObject(output)) return output
          return mapEventIterator(output, { value: async (value) => value, error: async (error) => cause(error) })
        },
      ],
    })
  }
}

/** Plain JSON out, and the one place where an error is made fit for the other side. */
class ServerCodec implements StandardCodec {
  readonly #report: Report

  constructor(report: Report) {
    this.#report = report
  }

  async decode(request: StandardLazyRequest): Promise<unknown> {
    return request.body()
  }

  encode(output: unknown): StandardResponse {
    const body = isAsyncIteratorObject(output)
      ? mapEventIterator(output, {
          value: async (value) => value,
          error: async (error) => new ErrorEvent({ data: this.#seal(error), cause: error }),
        })
      : output
    return { status: 200, headers: {}, body }
  }

  encodeError(error: ORPCError<string, unknown>): StandardResponse {
    const body = this.#seal(error)
    return { status: body.status, headers: {}, body }
  }

  /** Faults pass. A request that did not fit says where. Anything else is a bug: logged here, a reference there. */
  #seal(error: unknown): ORPCErrorJSON<string, unknown> {
    const cause = error instanceof ORPCError && error.cause !== undefined ? error.cause : error
    if (cause instanceof Fault) return sealed(cause)
    if (cause instanceof ConnectionLost) return new ORPCError('CLIENT_CLOSED_REQUEST').toJSON()
    if (cause instanceof ValidationError && error instanceof ORPCError && error.code === 'BAD_REQUEST') {
      return sealed(new Fault('invalid_input', { issues: issuesOf(cause.issues) }))
    }
    return sealed(new Fault('internal', { reference: this.#report(cause, []) }))
  }
}

function sealed(fault: Fault): ORPCErrorJSON<string, unknown> {
  const status = STATUS[fault.code] ?? 500
  return new ORPCError(fault.code, { status, message: fault.code, data: fault.data }).toJSON()
}
