import type { ServerResponse } from 'node:http'
import {
  PlaneProblem,
  PROBLEM_MEDIA_TYPE,
  type ProblemSlug,
  writeProblem,
} from '../../contract/control-plane/problem.ts'

/** Refuse before any handler is asked. */
export function answerProblem(response: ServerResponse, slug: ProblemSlug, title: string): void {
  const problem = new PlaneProblem(slug, title)
  const body = JSON.stringify(writeProblem(problem))
  const headers = { 'content-type': PROBLEM_MEDIA_TYPE, 'content-length': Buffer.byteLength(body) }
  response.writeHead(problem.status, headers).end(body)
}

export function answerNotFound(response: ServerResponse): void {
  answerProblem(response, 'resource-not-found', 'There is nothing at this address.')
}
