import { expect, test } from 'vitest'
import { fill } from './coded-sentences.ts'
import { Fault, readFault, writeFault } from './errors.ts'
import { networkReason } from './network-reason.ts'
import { isSayable, REASONS, ReasonedError, reasonFrom, reasonIn, reasonOf } from './reasons.ts'
import { linkSchema } from './shapes/host.ts'

const fault = new Fault('unreachable', { host: 'db-01', ...reasonOf('nothing_listens', { place: 'db-01:7420' }) })

test('each code has a sentence that no other has', () => {
  expect(new Set(Object.values(REASONS)).size).toBe(Object.keys(REASONS).length)
})

test('a reason is the same on the other side of the wire', () => {
  const again = readFault(JSON.parse(JSON.stringify(writeFault(fault))))
  expect(again?.data).toEqual({
    host: 'db-01',
    reason: 'Nothing listens at db-01:7420.',
    why: { code: 'nothing_listens', values: { place: 'db-01:7420' } },
  })
})

test.each([
  ['an older side gives none', undefined],
  ['a newer side gives one that is not known', { code: 'made_up_later', values: { place: 'x' } }],
  ['a value is missing', { code: 'nothing_listens', values: {} }],
  ['what all objects have is no value', { code: 'nothing_listens' }],
  ['a value is none', { code: 'nothing_listens', values: { place: { deep: 1 } } }],
])('where %s, the sentence is what there is', (_, why) => {
  const read = readFault({ code: 'unreachable', data: { host: 'db-01', reason: 'So it is.', why } })
  const { reason, why: code } = (read as Fault<'unreachable'>).data
  expect(reason).toBe('So it is.')
  expect(isSayable(code)).toBe(false)
  const since = '2026-11-21T10:32:00.000Z'
  const link = linkSchema.parse({ state: 'unreachable', since, reason: 'So it is.', why, lastSeenAt: null })
  expect(isSayable(link.why)).toBe(false)
})

test.each([
  ['ECONNREFUSED', 'nothing_listens'],
  ['EAI_AGAIN', 'name_unknown'],
  ['ENETUNREACH', 'no_way'],
  ['EPIPE', 'hung_up'],
  ['ETIMEDOUT', 'no_answer'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate_untrusted'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate_other_name'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'not_understood'],
  ['EPERM', 'connection_failed'],
])('%s of the network is %s', (code, expected) => {
  const error = Object.assign(new Error(`connect ${code}`), { code })
  expect(networkReason(error, 'db-01:7420').why?.code).toBe(expected)
  expect(networkReason(new AggregateError([error]), 'db-01:7420').why?.code).toBe(expected)
})

test('an error has its reason, and one that has none is unforeseen', () => {
  expect(reasonIn(new ReasonedError(reasonOf('silent', { seconds: 45 })))).toEqual(reasonOf('silent', { seconds: 45 }))
  expect(reasonIn(new Error('of another kind'))).toEqual(reasonOf('unforeseen', { said: 'of another kind' }))
  expect(reasonIn(Object.assign(new Error('of yet another'), { reason: 7 }))).toMatchObject({
    why: { code: 'unforeseen' },
  })
})

test('a sentence that was kept alone is read again, whatever stands in it', () => {
  for (const [code, sentence] of Object.entries(REASONS)) {
    const values = Object.fromEntries([...sentence.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, `(${name})?`]))
    expect(reasonFrom(fill(sentence, values)).why).toEqual({ code, values })
  }
  expect(reasonFrom('It was struck by lightning.').why).toBeUndefined()
})
