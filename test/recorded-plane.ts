import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a plane answers: a body that is no text is sent as JSON. */
export interface Recorded {
  readonly status: number
  readonly body?: unknown
}

/** A plane that answers what it is told to, over real HTTP: for shapes that were recorded, and for refusals. */
export interface RecordedPlane extends AsyncDisposable {
  readonly url: string
  worklist: Recorded
  credentials: Recorded
  /** What reports are answered, one after another; the last one for good. */
  reports: Recorded[]
  capabilities: Recorded[]
  /** What it was asked, `POST /restore-verification`, with what was sent. */
  readonly asked: { readonly what: string; readonly body: unknown }[]
}

export async function startRecordedPlane(): Promise<RecordedPlane> {
  const server = createServer((request, response) => {
    void (async () => {
      const what = `${request.method} ${request.url}`
      plane.asked.push({ what, body: await bodyOf(request) })
      const { status, body } = answerTo(plane, what)
      const isText = typeof body === 'string'
      const text = body === undefined ? '' : isText ? body : JSON.stringify(body)
      response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json' }).end(text)
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const plane: RecordedPlane = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    worklist: { status: 200, body: [] },
    credentials: { status: 403 },
    reports: [{ status: 204 }],
    capabilities: [{ status: 204 }],
    asked: [],
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return plane
}

function answerTo(plane: RecordedPlane, what: string): Recorded {
  switch (what) {
    case 'GET /restore-worklist':
      return plane.worklist
    case 'POST /restore-credentials':
      return plane.credentials
    case 'POST /restore-verification':
      return next(plane.reports)
    case 'POST /restore-capabilities':
      return next(plane.capabilities)
    default:
      return { status: 404 }
  }
}

function next(answers: Recorded[]): Recorded {
  return (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 204 }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  return text === '' ? undefined : JSON.parse(text)
}
