import { request as requestPlain, type RequestOptions } from 'node:http'
import { request as requestSecure } from 'node:https'
import { problemSchema, slugOf } from '../../contract/control-plane/problem.ts'
import { networkReason } from '../../contract/network-reason.ts'
import { type Reason, ReasonedError, reasonOf } from '../../contract/reasons.ts'

/** How a plane is reached. */
export interface PlaneAddress {
  /** `https://host:port`, with a path where its API is below one. */
  readonly url: string
  /** This consumer's key and certificate, PEM. */
  readonly key: string
  readonly certificate: string
  /** The plane's own certificate, PEM, where no authority signed it: it alone is trusted then. */
  readonly trusted: string | null
}

/** The plane answered, and refused. */
export class PlaneRefusal extends Error {
  override readonly name = 'PlaneRefusal'
  readonly status: number
  /** Canopy's word for it; undefined where the answer was no problem object. */
  readonly slug: string | undefined
  readonly reason: Reason

  constructor(status: number, slug: string | undefined, title: string) {
    super(title)
    this.reason = reasonOf('it_says', { said: title })
    this.status = status
    this.slug = slug
  }
}

/** No answer came. */
export class PlaneSilent extends ReasonedError {
  override readonly name = 'PlaneSilent'
}

const PATIENCE = 30_000
const LONGEST_ANSWER = 64 * 2 ** 20

export interface Question {
  readonly method: 'GET' | 'POST'
  /** Begins with a slash. */
  readonly path: string
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

/** Ask a plane; the answer is parsed JSON, or undefined where it has none. Throws `PlaneRefusal`, `PlaneSilent`. */
export async function askPlane(address: PlaneAddress, question: Question): Promise<unknown> {
  const { status, text } = await exchange(address, question)
  if (status >= 200 && status < 300) return text === '' ? undefined : readJson(text, question.path)
  const problem = problemSchema.safeParse(looseJson(text)).data
  const title = problem?.title ?? (text.slice(0, 300).trim() || 'it gave no reason')
  throw new PlaneRefusal(status, problem === undefined ? undefined : slugOf(problem), `${status}: ${title}`)
}

/** What an HTTPS request to the plane needs besides the URL. */
export function trustOf({ key, certificate, trusted }: PlaneAddress) {
  return {
    key,
    cert: certificate,
    minVersion: 'TLSv1.2',
    // The one certificate that is trusted is the plane's own, whatever address it is reached at.
    ...(trusted === null ? {} : { ca: trusted, checkServerIdentity: () => undefined }),
  } as const
}

interface Exchanged {
  readonly status: number
  readonly text: string
}

function exchange(address: PlaneAddress, { method, path, body, signal }: Question): Promise<Exchanged> {
  const { promise, resolve, reject } = Promise.withResolvers<Exchanged>()
  const sent = body === undefined ? undefined : JSON.stringify(body)
  const url = new URL(`${address.url.replace(/\/+$/, '')}${path}`)
  const tooLong = new ReasonedError(reasonOf('answer_too_large', { limit: LONGEST_ANSWER, path }))
  const silent = (error: Error): void => reject(new PlaneSilent(networkReason(error, url.host), { cause: error }))
  const options: RequestOptions = {
    method,
    timeout: PATIENCE,
    signal,
    headers: {
      accept: 'application/json',
      'user-agent': 'restore-consumer',
      ...(sent === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) }),
    },
  }
  const request =
    url.protocol === 'https:' ? requestSecure(url, { ...options, ...trustOf(address) }) : requestPlain(url, options)
  request.on('timeout', () => request.destroy(new ReasonedError(reasonOf('silent', { seconds: PATIENCE / 1000 }))))
  request.on('error', silent)
  request.on('response', (response) => {
    const chunks: Buffer[] = []
    let length = 0
    response.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > LONGEST_ANSWER) request.destroy(tooLong)
      chunks.push(chunk)
    })
    response.on('error', silent)
    response.on('end', () => {
      resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') })
    })
  })
  request.end(sent)
  return promise
}

function readJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new PlaneSilent(reasonOf('answer_unreadable', { path, said: 'invalid JSON' }), { cause })
  }
}

function looseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
