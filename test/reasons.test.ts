import { afterEach, expect, test } from 'vitest'
import { conflictFor, type FaultData, type FaultOf } from '../contract/errors.ts'
import { type Reason, REASONS, type ReasonCode, reasonOf } from '../contract/reasons.ts'
import { sampleValues, silence, speakIn } from './coded-sentences.ts'

const codes = Object.keys(REASONS) as ReasonCode[]

/** A reason of any code; each of its values is its own name. */
function sample(code: ReasonCode): Reason {
  return (reasonOf as (code: ReasonCode, values: Record<string, string>) => Reason)(code, sampleValues(REASONS[code]))
}

async function wordsIn(language: 'en' | 'de') {
  await speakIn(language)
  return await import('../renderer/client/reason-words.ts')
}

async function described(fault: FaultOf) {
  await speakIn('de')
  const { describeFault } = await import('../renderer/client/describe-fault.ts')
  return describeFault(fault)
}

const away = (data: FaultData<'unreachable'>) => described({ code: 'unreachable', data })
const inTheWay = (data: FaultData<'conflict'>) => described({ code: 'conflict', data })

afterEach(silence)

test('the window says each reason in English as the contract does', async () => {
  const { reasonWords } = await wordsIn('en')
  for (const code of codes) expect(reasonWords(sample(code))).toBe(sample(code).reason)
})

test('the window says each reason in German, with its values', async () => {
  const { reasonWords } = await wordsIn('de')
  for (const code of codes) {
    const said = reasonWords(sample(code))
    expect(said).not.toBe(sample(code).reason)
    for (const value of Object.keys(sampleValues(REASONS[code]))) expect(said).toContain(value)
  }
})

test('a host that cannot be reached is told of in German, and when it was last seen', async () => {
  const seenAt = '2026-11-21T10:32:00.000Z'
  const { explanation } = await away({ host: 'db-01', ...reasonOf('silent', { seconds: 45 }), seenAt })
  expect(explanation).toMatch(/^Seit 45 Sekunden kam keine Antwort\. Zuletzt gesehen: .*2026.*\.$/)
})

test('a fault that was kept before there were codes is told of in the words that it came in', async () => {
  const reason = 'Nothing listens at db-01:7420. Last seen 2026-11-21 10:32 UTC.'
  expect((await away({ host: 'db-01', reason })).explanation).toBe(reason)
})

test('why a target cannot be used is told of in German', async () => {
  const { data } = conflictFor('target_unusable', reasonOf('target_link', { path: '/srv/link' }))
  expect(data.detail).toBe('/srv/link is a symbolic link.')
  expect((await inTheWay(data)).explanation).toBe('/srv/link ist ein symbolischer Link.')
})

test('a conflict of an older agent is told of in the words that it came in', async () => {
  const detail = '/srv/link: it is a symbolic link'
  expect((await inTheWay({ what: 'target_unusable', detail })).explanation).toBe(detail)
})
