import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const STS_KEY = { id: 'AKIAPLANE', secret: 'the/secret+of the plane' } as const

/** What was asked of `AssumeRole`, with a signature that fits. */
export interface Assumption {
  readonly form: Readonly<Record<string, string>>
  readonly region: string
}

export interface StsServer extends AsyncDisposable {
  readonly url: string
  readonly assumed: readonly Assumption[]
  /** What is answered in place of credentials from now on; null for credentials again. */
  fail(how: 'refuse' | 'nonsense' | null): void
}

/**
 * A server that speaks as much of STS as is asked of it. No STS can be had here: what is shown with it is that a question carries a signature
 * (AWS's Signature Version 4, reckoned anew from what arrived) and says what it should, not that Amazon would agree.
 */
export async function startStsServer(): Promise<StsServer> {
  const assumed: Assumption[] = []
  let failing: 'refuse' | 'nonsense' | null = null
  const server = createServer((request, response) => void answer(request, response))
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = []
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece)
    const body = Buffer.concat(pieces)
    const region = signedFor(request, body)
    if (failing === 'nonsense') return say(response, 200, '<html>It works!</html>')
    if (region === undefined || failing === 'refuse') return say(response, 403, REFUSED)
    assumed.push({ form: Object.fromEntries(new URLSearchParams(body.toString('utf8'))), region })
    say(response, 200, granted(assumed.length), `request-${assumed.length}`)
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    assumed,
    fail: (how) => {
      failing = how
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const REFUSED = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code>
<Message>You may not assume it.</Message></Error><RequestId>refused-1</RequestId></ErrorResponse>`

function granted(number: number): string {
  const expires = new Date(Date.now() + 3_600_000).toISOString()
  return `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
<AssumedRoleUser><AssumedRoleId>AROA:session</AssumedRoleId><Arn>arn:aws:sts::1:assumed-role/Reader/session</Arn></AssumedRoleUser>
<Credentials><AccessKeyId>ASIA${number}</AccessKeyId><SecretAccessKey>lent-secret-${number}</SecretAccessKey>
<SessionToken>lent-token-${number}</SessionToken><Expiration>${expires}</Expiration></Credentials></AssumeRoleResult>
<ResponseMetadata><RequestId>request-${number}</RequestId></ResponseMetadata></AssumeRoleResponse>`
}

function say(response: ServerResponse, status: number, body: string, requestId = 'refused-1'): void {
  response.writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }).end(body)
}

/** The region that it was signed for, with our key and not longer than a quarter of an hour ago; undefined where it was not. */
function signedFor({ method = '', url = '/', headers }: IncomingMessage, body: Buffer): string | undefined {
  const shape =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/sts\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/
  const [, id, day = '', region = '', signed = '', signature] = shape.exec(headers.authorization ?? '') ?? []
  const at = String(headers['x-amz-date'])
  if (id !== STS_KEY.id || !at.startsWith(day) || Math.abs(Date.now() - momentOf(at)) > 900_000) return undefined
  const names = signed.split(';')
  if (!['host', 'x-amz-date'].every((name) => names.includes(name))) return undefined
  const lines = names.map((name) => `${name}:${String(headers[name]).trim()}\n`).join('')
  const asked = [method, new URL(url, 'http://sts').pathname, '', lines, signed, hash(body)].join('\n')
  const text = ['AWS4-HMAC-SHA256', at, `${day}/${region}/sts/aws4_request`, hash(Buffer.from(asked))].join('\n')
  const key = [day, region, 'sts', 'aws4_request'].reduce<string | Buffer>(mac, `AWS4${STS_KEY.secret}`)
  return mac(key, text).toString('hex') === signature ? region : undefined
}

function momentOf(at: string): number {
  return Date.parse(at.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, '$1-$2-$3T$4:$5:$6Z'))
}

function mac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
