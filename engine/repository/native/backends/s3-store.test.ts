import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { type Answer, answerWithoutEnd, give, stopHalfWay } from '../../../../test/scripted-answers.ts'
import type { Backend } from '../backend.ts'
import { s3Backend } from './s3-backend.ts'
import type { S3Access } from './s3-store.ts'

interface ScriptedStore extends AsyncDisposable {
  readonly backend: Backend
  readonly asked: readonly IncomingMessage[]
}

/** A store that gives one answer after another, the last one for good: what no well-behaved server does at will. */
async function startScriptedStore(answers: readonly Answer[], access: Partial<S3Access> = {}): Promise<ScriptedStore> {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)]
    asked.push(request)
    answer?.(response, request)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const address = { endpoint, bucket: 'bucket', prefix: 'prefix', amazon: false, region: undefined }
  const credentials = { username: 'OLIVIA', password: 'open sesame', sessionToken: undefined, region: 'eu-1' }
  return {
    backend: s3Backend({ address, ...credentials, ...access }),
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const refuse = (status: number, code: string, more = ''): Answer =>
  give(status, `<?xml version="1.0"?><Error><Code>${code}</Code><Message>No.</Message>${more}</Error>`)

const hang: Answer = () => undefined

const breakHalfWay: Answer = (response) => {
  stopHalfWay(response)
  setImmediate(() => response.destroy())
}

const location = (region: string): Answer =>
  give(200, `<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${region}</LocationConstraint>`)

const regionOf = (request: IncomingMessage | undefined): string | undefined =>
  /Credential=OLIVIA\/\d+\/([^/]+)\/s3/.exec(request?.headers.authorization ?? '')?.[1]

it('asks for buckets as folders of the store, and signs for the region that was given', async () => {
  await using store = await startScriptedStore([give(200, 'config')])
  expect((await store.backend.readConfig({})).toString()).toBe('config')
  expect(store.asked.map(({ url }) => url?.split('?')[0])).toEqual(['/bucket/prefix/config'])
  expect(regionOf(store.asked[0])).toBe('eu-1')
})

it('sends the token of a key that is lent', async () => {
  await using store = await startScriptedStore([give(200, 'config')], { sessionToken: 'for an hour' })
  await store.backend.readConfig({})
  expect(store.asked[0]?.headers['x-amz-security-token']).toBe('for an hour')
})

it.each([
  ['the bucket has one', location('eu-2'), 'eu-2'],
  ['the bucket has the oldest', location(''), 'us-east-1'],
  ['the store names the right one', refuse(400, 'AuthorizationHeaderMalformed', '<Region>garage</Region>'), 'garage'],
  ['the key may not ask', refuse(403, 'AccessDenied'), 'us-east-1'],
])('finds the region out where %s', async (_, answer, region) => {
  await using store = await startScriptedStore([answer, give(200, 'config')], { region: undefined })
  await store.backend.readConfig({})
  await store.backend.readConfig({})
  expect(store.asked.map(({ url }) => /[?&]location/.test(url ?? ''))).toEqual([true, false, false])
  expect(regionOf(store.asked[0])).toBe('us-east-1')
  expect(regionOf(store.asked[1])).toBe(region)
})

it.each([
  [refuse(403, 'AccessDenied'), { code: 'unauthenticated', data: { by: 'backend' } }],
  [refuse(400, 'ExpiredToken'), { code: 'unauthenticated', data: { by: 'backend' } }],
  [refuse(403, 'InvalidObjectState'), { code: 'unreachable' }],
  [refuse(404, 'NoSuchBucket'), { code: 'repository_not_initialised' }],
  [refuse(404, 'NoSuchKey'), { code: 'repository_not_initialised' }],
  [refuse(501, 'NotImplemented'), { code: 'unreachable', data: { reason: expect.stringContaining('NotImplemented') } }],
  [give(302), { code: 'unreachable' }],
])('says what refused it (%#)', async (answer, fault) => {
  await using store = await startScriptedStore([answer])
  await expect(store.backend.readConfig({})).rejects.toMatchObject(fault)
})

it('reads again what broke off half way, or was refused for want of time', async () => {
  await using store = await startScriptedStore([breakHalfWay, refuse(503, 'SlowDown'), give(200, 'config')])
  expect((await store.backend.readConfig({})).toString()).toBe('config')
  expect(store.asked).toHaveLength(3)
})

it('gives a connection up on which nothing comes any more', async () => {
  const unreachable = { code: 'unreachable', data: { why: { code: 'no_answer' } } }
  await using silent = await startScriptedStore([hang], { patience: 50 })
  await expect(silent.backend.readConfig({})).rejects.toMatchObject(unreachable)
  await using stalled = await startScriptedStore([stopHalfWay, stopHalfWay], { patience: 50 })
  await expect(stalled.backend.readConfig({})).rejects.toMatchObject(unreachable)
})

it('ends at once when it is cancelled, also half way', async () => {
  const stop = new AbortController()
  const reason = new Error('enough')
  await using store = await startScriptedStore([
    (response) => {
      stopHalfWay(response)
      setImmediate(() => stop.abort(reason))
    },
  ])
  await expect(store.backend.readConfig({ signal: stop.signal })).rejects.toBe(reason)
  await expect(store.backend.readConfig({ signal: stop.signal })).rejects.toBe(reason)
  expect(store.asked).toHaveLength(1)
})

it('reads a listing page by page', async () => {
  const [first, second] = ['a'.repeat(64), 'b'.repeat(64)]
  const page = (id: string, more: string): Answer =>
    give(200, `<ListBucketResult><Contents><Key>prefix/index/${id}</Key></Contents>${more}</ListBucketResult>`)
  await using store = await startScriptedStore([
    page(first, '<IsTruncated>true</IsTruncated><NextContinuationToken>a&amp;b</NextContinuationToken>'),
    page(second, '<IsTruncated>false</IsTruncated>'),
  ])
  expect(await store.backend.list('index', {})).toEqual([first, second])
  expect(
    store.asked.map(({ url }) => new URL(url ?? '', 'http://store').searchParams.get('continuation-token')),
  ).toEqual([null, 'a&b'])
})

it('leaves a repository of the old layout, which has a config and no folder of keys, to restic', async () => {
  const nothing = give(
    200,
    '<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>',
  )
  await using store = await startScriptedStore([nothing, give(200, 'config')])
  await expect(store.backend.list('keys', {})).rejects.toMatchObject({ name: 'NotReadable' })
})

it('takes no more than it asked for', async () => {
  await using store = await startScriptedStore([give(200, 'the whole of a pack')])
  await expect(store.backend.readRange('ab', 4, 5, {})).rejects.toMatchObject({
    code: 'unreachable',
    data: { reason: 'The server sent more than 5 bytes for data/ab.' },
  })
  expect(store.asked).toHaveLength(1)
  const { answer, isGone } = answerWithoutEnd()
  await using endless = await startScriptedStore([answer])
  await expect(endless.backend.readRange('ab', 4, 50, {})).rejects.toMatchObject({ code: 'unreachable' })
  await expect.poll(isGone).toBe(true)
})
