import { request } from 'node:https'
import { makeIdentity } from '../main/adapters/console-identity.ts'
import type { ConsumerCode } from '../contract/shapes/consumer.ts'

export interface ConsumerReply {
  readonly status: number
  readonly body: unknown
}

/** Somebody who restores replicas, as a control plane sees them: a key of its own, over TLS. */
export interface PlaneConsumer {
  /** Give the code, and be a device from then on. Its id. */
  enrol(code: ConsumerCode): Promise<string>
  ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<ConsumerReply>
}

export async function planeConsumer(): Promise<PlaneConsumer> {
  const { key, certificate: cert } = await makeIdentity()
  let port = ''
  const ask: PlaneConsumer['ask'] = async (method, path, body) => {
    const text = body === undefined ? undefined : JSON.stringify(body)
    const sent = request({
      method,
      hostname: '127.0.0.1',
      port,
      path,
      key,
      cert,
      rejectUnauthorized: false,
      agent: false,
      headers: text === undefined ? {} : { 'content-type': 'application/json' },
    })
    sent.end(text)
    return await new Promise((resolve, reject) => {
      sent.on('error', reject)
      sent.on('response', (response) => {
        const pieces: Buffer[] = []
        response.on('data', (piece: Buffer) => pieces.push(piece))
        response.on('end', () => {
          const answer = Buffer.concat(pieces).toString('utf8')
          resolve({ status: response.statusCode ?? 0, body: answer === '' ? null : JSON.parse(answer) })
        })
      })
    })
  }
  return {
    ask,
    async enrol({ code, url }) {
      // It says under which name it is reached; here that is this very computer.
      port = new URL(url).port
      const { status, body } = await ask('POST', '/enrol', { code, name: 'verifier' })
      if (status !== 200) throw new Error(`not enrolled: ${JSON.stringify(body)}`)
      return (body as { readonly device_id: string }).device_id
    },
  }
}
