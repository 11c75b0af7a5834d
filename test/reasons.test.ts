import { afterEach, expect, test } from 'vitest'
import { Fault } from '../contract/errors.ts'
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

async function described(data: Fault<'unreachable'>['data']) {
  await speakIn('de')
  const { describeError } = await import('../renderer/client/describe-fault.ts')
  // The module of the error is another one since the language was loaded.
  const { Fault: Now } = await import('../contract/errors.ts')
  return describeError(new Now('unreachable', data))
}

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
  const { explanation } = await described({ host: 'db-01', ...reasonOf('silent', { seconds: 45 }), seenAt })
  expect(explanation).toMatch(/^Seit 45 Sekunden kam keine Antwort\. Zuletzt gesehen: .*2026.*\.$/)
})

test('a fault that was kept before there were codes is told of in the words that it came in', async () => {
  const reason = 'Nothing listens at db-01:7420. Last seen 2026-11-21 10:32 UTC.'
  expect((await described({ host: 'db-01', reason })).explanation).toBe(reason)
})
