import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import { OPERATOR_HEADER, SAFETY_HEADER, safetySessionSchema } from '../../contract/control-plane/fleet.ts'
import { problemSchema } from '../../contract/control-plane/problem.ts'
import { readPrivateFile } from '../../engine/sealed/private-file.ts'
import { ADDRESS_FILE, CERTIFICATE_FILE, TOKEN_FILE } from './where.ts'

/** Milliseconds; a repository that is connected is looked at meanwhile. */
const PATIENCE = 90_000

interface Answer {
  readonly status: number
  readonly body: unknown
}

/** Asks a plane that runs on this computer, as the operator that its data directory makes us. */
export class PlaneAsker {
  readonly #url: string
  readonly #token: string
  readonly #certificate: string | undefined
  #session: string | undefined

  /** Throws an error in words where none runs with this data, and `conflict` (`readable_by_others`). */
  constructor(dataDirectory: string) {
    const [url, token] = [ADDRESS_FILE, TOKEN_FILE].map((name) =>
      readPrivateFile(join(dataDirectory, name))?.toString('utf8').trim(),
    )
    if (!url || !token) throw new Error(`No control plane has run with ${dataDirectory} yet: start it with "serve".`)
    this.#url = url
    this.#token = token
    const certificate = join(dataDirectory, CERTIFICATE_FILE)
    this.#certificate = existsSync(certificate) ? readFileSync(certificate, 'utf8') : undefined
  }

  /** What the plane answers. Throws its own sentence where it refuses. */
  async ask(path: string, body: unknown): Promise<unknown> {
    let answer = await this.#post(path, body)
    if (
      this.#session === undefined &&
      problemSchema.safeParse(answer.body).data?.type === '/errors/safety-mode-too-low'
    ) {
      await this.#raise()
      answer = await this.#post(path, body)
    }
    return valueOf(answer)
  }

  /** Whoever calls a command that changes something has made up their mind. */
  async #raise(): Promise<void> {
    this.#session = safetySessionSchema.parse(valueOf(await this.#post('/api/safety/session', {}))).id
    valueOf(await this.#post('/api/safety/raise', { mode: 'danger' }))
  }

  async #post(path: string, body: unknown): Promise<Answer> {
    const url = new URL(path, this.#url)
    const text = JSON.stringify(body)
    const request = (url.protocol === 'https:' ? tlsRequest : plainRequest)(url, {
      method: 'POST',
      agent: false,
      signal: AbortSignal.timeout(PATIENCE),
      ...(this.#certificate === undefined ? {} : { ca: this.#certificate }),
      headers: {
        authorization: `Bearer ${this.#token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
        [OPERATOR_HEADER]: encodeURIComponent(`${userInfo().username}@${hostname()}`),
        ...(this.#session === undefined ? {} : { [SAFETY_HEADER]: this.#session }),
      },
    })
    request.end(text)
    try {
      const [response] = (await once(request, 'response')) as [IncomingMessage]
      return { status: response.statusCode ?? 0, body: await jsonOf(response) }
    } catch (cause) {
      const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
      throw new Error(`The control plane does not answer at ${this.#url} (${reason}). Does it run?`, { cause })
    }
  }
}

function valueOf({ status, body }: Answer): unknown {
  if (status >= 200 && status < 300) return body
  throw new Error(problemSchema.safeParse(body).data?.title ?? `The control plane answered with status ${status}.`)
}

async function jsonOf(response: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = []
  for await (const piece of response as AsyncIterable<Buffer>) pieces.push(piece)
  const text = Buffer.concat(pieces).toString('utf8')
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
