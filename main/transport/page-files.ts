import { randomBytes } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { securityHeaders } from './headers.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}
const EMPTY_NONCE = 'name="csp-nonce" nonce=""'

export interface PageAnswer {
  readonly status: 200 | 404
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/**
 * Answers with files of the built page. `path` is a URL's path, still encoded; what is not a plain file below the
 * page's directory, with a type that a page has, is not found, however it is spelt.
 */
export function pageFiles(directory: string): (path: string) => Promise<PageAnswer> {
  return async (path) => {
    const nonce = randomBytes(16).toString('base64')
    const headers = securityHeaders(nonce)
    const found = await find(directory, path === '/' ? '/index.html' : path)
    if (found === undefined) {
      return { status: 404, headers: { ...headers, 'content-type': 'text/plain' }, body: Buffer.from('not found\n') }
    }
    const { type, body, hashed } = found
    const caching = hashed ? 'public, max-age=31536000, immutable' : 'no-store'
    return {
      status: 200,
      headers: { ...headers, 'content-type': type, 'cache-control': caching },
      body: type.startsWith('text/html') ? withNonce(body, nonce) : body,
    }
  }
}

interface Found {
  readonly type: string
  readonly body: Buffer
  /** Its name holds a hash of its content: the same name is always the same file. */
  readonly hashed: boolean
}

async function find(directory: string, path: string): Promise<Found | undefined> {
  const name = decode(path)
  const type = TYPES[extname(name)]
  if (type === undefined || /[\0\\]/.test(name)) return undefined
  try {
    const root = await realpath(directory)
    const file = await realpath(join(root, name))
    if (!file.startsWith(root + sep)) return undefined
    return { type, body: await readFile(file), hashed: name.startsWith('/assets/') }
  } catch {
    return undefined
  }
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return ''
  }
}

function withNonce(page: Buffer, nonce: string): Buffer {
  return Buffer.from(page.toString('utf8').replace(EMPTY_NONCE, `name="csp-nonce" nonce="${nonce}"`))
}
