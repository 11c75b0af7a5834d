import type { ServerResponse } from 'node:http'
import { StandardOpenAPIHandler } from '@orpc/openapi/standard'
import { PlaneProblem, PROBLEM_MEDIA_TYPE, writeProblem } from '../../contract/control-plane/problem.ts'
import type { PlaneContext, PlaneDeps, PlaneHandler } from './deps.ts'
import { toProblem } from './refusal.ts'
import { readJson } from './request-body.ts'

type PlaneRouter = ConstructorParameters<typeof StandardOpenAPIHandler<PlaneContext>>[0]

/** What is answered as a text that is there already, by method and path: `GET /restore-worklist`. Throws what a call throws. */
export type Texts = Readonly<Record<string, (context: PlaneContext) => Buffer | Promise<Buffer>>>

/** Answers the calls of a router over HTTP, and with texts. Refusals go out as problems. */
export function serveRouter(router: PlaneRouter, texts: Texts, { log }: Pick<PlaneDeps, 'log'>): PlaneHandler {
  const refused = (error: unknown) => {
    const problem = toProblem(error, log)
    return { status: problem.status, headers: {}, body: writeProblem(problem) }
  }
  const handler = new StandardOpenAPIHandler<PlaneContext>(router, {
    interceptors: [
      ({ next }) => next().catch((error: unknown) => ({ matched: true as const, response: refused(error) })),
    ],
  })
  return async (request, response, context) => {
    const { headers, method = 'GET' } = request
    const url = URL.parse(request.url ?? '/', 'http://plane')
    if (url === null) {
      send(response, 400, writeProblem(new PlaneProblem('bad-request', 'The address cannot be read.')))
      return true
    }
    const text = texts[`${method} ${url.pathname}`]
    if (text !== undefined) {
      await sendText(response, () => text(context), refused)
      return true
    }
    const body = () => readJson(request)
    const answer = await handler.handle({ method, url, headers, body, signal: undefined }, { context })
    if (!answer.matched) return false
    send(response, answer.response.status, answer.response.body)
    return true
  }
}

type Refused = (error: unknown) => { readonly status: number; readonly body: unknown }

async function sendText(response: ServerResponse, make: () => Buffer | Promise<Buffer>, refused: Refused) {
  try {
    sendBytes(response, 200, await make())
  } catch (error) {
    const { status, body } = refused(error)
    send(response, status, body)
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (body === undefined) {
    response.writeHead(status).end()
    return
  }
  sendBytes(response, status, Buffer.from(JSON.stringify(body)))
}

function sendBytes(response: ServerResponse, status: number, bytes: Buffer): void {
  const type = status >= 400 ? PROBLEM_MEDIA_TYPE : 'application/json'
  response.writeHead(status, { 'content-type': type, 'content-length': bytes.byteLength }).end(bytes)
}
