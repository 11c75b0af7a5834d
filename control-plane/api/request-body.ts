import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { PlaneProblem } from '../../contract/control-plane/problem.ts'

/** Bytes of a body that are read, and that one may become when it is unpacked. */
const LIMIT = 16 * 1024 * 1024

const unpackers: Readonly<Record<string, () => NodeJS.ReadWriteStream & Readable>> = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/** The JSON of a request; undefined where there is no body. Throws `PlaneProblem` (`bad-request`). */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = await readText(request)
  if (text === '') return undefined
  try {
    const json: unknown = JSON.parse(text)
    return json
  } catch (cause) {
    throw new PlaneProblem('bad-request', 'The body is no JSON.', { cause })
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of unpacked(request) as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength
      if (size <= LIMIT) chunks.push(chunk)
      // One that is sent as it is is heard to its end: with its connection closed nobody could be told why.
      else if (isPacked(request)) break
    }
  } catch (cause) {
    if (cause instanceof PlaneProblem) throw cause
    throw new PlaneProblem('bad-request', 'The body could not be read.', { cause })
  }
  if (size > LIMIT) throw new PlaneProblem('bad-request', `The body has more than ${LIMIT} bytes.`)
  return Buffer.concat(chunks).toString('utf8')
}

function isPacked({ headers }: IncomingMessage): boolean {
  return (headers['content-encoding'] ?? 'identity') !== 'identity'
}

function unpacked(request: IncomingMessage): Readable {
  if (!isPacked(request)) return request
  const encoding = request.headers['content-encoding'] ?? ''
  const unpack = Object.hasOwn(unpackers, encoding) ? unpackers[encoding]?.() : undefined
  if (unpack === undefined) throw new PlaneProblem('bad-request', `The encoding ${encoding} is not read here.`)
  request.once('error', (error) => unpack.destroy(error))
  unpack.once('close', () => {
    request.unpipe(unpack)
    request.resume()
  })
  return request.pipe(unpack)
}
