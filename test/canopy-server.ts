import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'

export interface Asked {
  readonly path: string
  readonly body: unknown
  readonly headers: IncomingHttpHeaders
}

export interface Answered {
  readonly status: number
  /** Sent as it is; anything else as JSON. */
  readonly text?: string
  readonly json?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export type Answerer = (asked: Asked) => Answered | Promise<Answered>

export interface CanopyServer extends AsyncDisposable {
  readonly url: string
  readonly asked: readonly Asked[]
  /** From now on a path is answered so; null for as if there were no such call. */
  answer(path: string, answerer: Answerer | null): void
  /** The bodies that a path was asked with. */
  bodies(path: string): unknown[]
}

interface ServerOptions {
  /** PEM. */
  readonly tls?: { readonly key: string; readonly cert: string }
}

/** What was recorded of a generation, by path. */
export function recorded(generation: 'first' | 'newest'): Readonly<Record<string, unknown>> {
  const text = readFileSync(join(import.meta.dirname, 'canopy', `${generation}.json`), 'utf8')
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text))
}

/** A control plane that answers what was recorded, over HTTP, and what a test says instead. Paths that nobody answers are 404 without a problem. */
export async function canopyServer(
  answers: Readonly<Record<string, unknown>>,
  { tls }: ServerOptions = {},
): Promise<CanopyServer> {
  const asked: Asked[] = []
  const instead = new Map<string, Answerer | null>()
  const listener: RequestListener = (request, response) => {
    void (async () => {
      const pieces: Buffer[] = []
      for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece)
      const path = request.url ?? ''
      const one: Asked = { path, body: JSON.parse(Buffer.concat(pieces).toString('utf8')), headers: request.headers }
      asked.push(one)
      const known: Answered | null = Object.hasOwn(answers, path) ? { status: 200, json: answers[path] } : null
      const answerer = instead.get(path)
      const answered = answerer === undefined ? known : await answerer?.(one)
      const { status, text, json, headers }: Answered = answered ?? { status: 404, text: 'Not Found' }
      const type = json === undefined ? 'text/plain' : status < 400 ? 'application/json' : 'application/problem+json'
      response.writeHead(status, { 'content-type': type, ...headers })
      response.end(text ?? JSON.stringify(json))
    })()
  }
  const server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    asked,
    answer: (path, answerer) => void instead.set(path, answerer),
    bodies: (path) => asked.filter((one) => one.path === path).map(({ body }) => body),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A refusal as a Canopy writes it. */
export function problem(status: number, slug: string, title: string): Answerer {
  return () => ({ status, json: { type: `/errors/${slug}`, title, status, detail: `AppError::${slug}("${title}")` } })
}
