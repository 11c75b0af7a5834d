import type { IncomingMessage, ServerResponse } from 'node:http'
import { StandardOpenAPIHandler } from '@orpc/openapi/standard'
import { PlaneProblem, PROBLEM_MEDIA_TYPE, writeProblem } from '../../contract/control-plane/problem.ts'
import type { PlaneContext, PlaneDeps, PlaneHandler } from './deps.ts'
import { openApiDocument } from './open-api.ts'
import { toProblem } from './refusal.ts'
import { readJson } from './request-body.ts'

type PlaneRouter = ConstructorParameters<typeof StandardOpenAPIHandler<PlaneContext>>[0]

/** Answers the calls of a router over HTTP, and `GET /openapi.json`. Refusals go out as problems. */
export function serveRouter(router: PlaneRouter, { log }: Pick<PlaneDeps, 'log'>): PlaneHandler {
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
    const url = urlOf(request)
    if (url === undefined) {
      send(response, 400, writeProblem(new PlaneProblem('bad-request', 'The address cannot be read.')))
      return true
    }
    if (request.method === 'GET' && url.pathname === '/openapi.json') {
      send(response, 200, await openApiDocument())
      return true
    }
    const { headers, method = 'GET' } = request
    const body = () => readJson(request)
    const answer = await handler.handle({ method, url, headers, body, signal: undefined }, { context })
    if (!answer.matched) return false
    send(response, answer.response.status, answer.response.body)
    return true
  }
}

function urlOf(request: IncomingMessage): URL | undefined {
  return URL.parse(request.url ?? '/', 'http://plane') ?? undefined
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (body === undefined) {
    response.writeHead(status).end()
    return
  }
  const text = Buffer.from(JSON.stringify(body))
  const type = status >= 400 ? PROBLEM_MEDIA_TYPE : 'application/json'
  response.writeHead(status, { 'content-type': type, 'content-length': text.byteLength }).end(text)
}
