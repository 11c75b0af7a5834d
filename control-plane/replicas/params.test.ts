import { expect, test } from 'vitest'
import { intentOf } from '../testing/fleet-fixture.ts'
import { readBound, readParams, resolveParams, showDefaults, showParams } from './params.ts'

const intent = intentOf('analytics', [], {
  grace: { type: 'duration', default: 9000 },
  limit: { type: 'bytes', default: 20 * 1024 ** 3 },
  deep: { type: 'boolean', default: true },
  workers: { type: 'integer' },
  schema: { type: 'text', default: null },
})

test('what an operator sends with units is stored raw, and shown with units again', () => {
  const sent = { grace: '2h 30m', limit: '20G', deep: false, workers: -3, schema: 'public' }
  const stored = { grace: 9000, limit: 20 * 1024 ** 3, deep: false, workers: -3, schema: 'public' }
  expect(readParams(sent, intent, {})).toEqual(stored)
  expect(showParams(stored, intent)).toEqual({ ...stored, grace: '2h 30m', limit: '20Gi' })
  expect(readParams({ grace: 60, limit: 1536 }, intent, {})).toEqual({ grace: 60, limit: 1536 })
})

test.each([
  [{ grace: 'soon' }, 'The parameter grace takes a duration such as 2h 30m, not "soon".'],
  [{ grace: -1 }, 'The parameter grace takes a duration such as 2h 30m, not -1.'],
  [{ limit: 1.5 }, 'The parameter limit takes a size such as 20Gi, not 1.5.'],
  [{ limit: '20T' }, 'The parameter limit takes a size such as 20Gi, not "20T".'],
  [{ deep: 'yes' }, 'The parameter deep takes true or false, not "yes".'],
  [{ workers: 1.5 }, 'The parameter workers takes a whole number, not 1.5.'],
  [{ schema: 7 }, 'The parameter schema takes a text, not 7.'],
  [{ other: 1 }, 'The intent analytics has no parameter other.'],
  [{ constructor: 1 }, 'The intent analytics has no parameter constructor.'],
])('%j is refused, with the reason', (sent, reason) => {
  expect(() => readParams(sent, intent, {})).toThrow(reason)
})

test('null unsets a parameter of any type', () => {
  expect(readParams({ grace: null, deep: null }, intent, {})).toEqual({ grace: null, deep: null })
})

test('a name that is stored and no longer advertised stays with its value, and takes no other', () => {
  expect(readParams({ old: 5 }, intent, { old: 5 })).toEqual({ old: 5 })
  expect(() => readParams({ old: 6 }, intent, { old: 5 })).toThrow('no parameter old')
  expect(resolveParams(intent, { old: 5, workers: 2 }, null)).toEqual({
    grace: 9000,
    limit: 20 * 1024 ** 3,
    deep: true,
    schema: null,
    workers: 2,
  })
})

test('without an intent parameters are stored and shown as they were given', () => {
  const given = { grace: '2h', anything: 7 }
  expect(readParams(given, undefined, {})).toBe(given)
  expect(showParams({ grace: 9000 }, undefined)).toEqual({ grace: 9000 })
})

test('a text with units that was stored in a gap is sent as the number that it means', () => {
  expect(resolveParams(intent, { grace: '2h', limit: '1Ki', schema: '2h' }, null)).toMatchObject({
    grace: 7200,
    limit: 1024,
    schema: '2h',
  })
  expect(resolveParams(intent, { grace: 'soon' }, null)).toMatchObject({ grace: 'soon' })
})

test('of an intent that redacts the plane’s own three are dropped from what an operator sends', () => {
  const redacting = intentOf('analytics', ['redact'], { redaction_manifest_url: { type: 'text' } })
  expect(readParams({ redaction_manifest_url: 'https://evil.example' }, redacting, {})).toEqual({})
})

test('defaults are shown with units', () => {
  expect(showDefaults(intent).params).toMatchObject({ grace: { default: '2h 30m' }, limit: { default: '20Gi' } })
  expect(showDefaults(intent).params['workers']).toEqual({ type: 'integer' })
})

test('a bound is a duration, and an empty one is none', () => {
  expect(readBound('1d 12h')).toBe(129_600)
  for (const none of ['', '  ', null, undefined]) expect(readBound(none)).toBeNull()
  expect(() => readBound('90')).toThrow('"90" is not a duration: write it like 2h 30m.')
})
