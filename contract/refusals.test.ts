import { expect, test } from 'vitest'
import { z } from 'zod'
import { Fault, readFault, refused, writeFault } from './errors.ts'
import { codeOfSentence, isComplete, issueOf, issueSchema, REFUSALS, type RefusalCode } from './refusals.ts'
import { backupSetSchema } from './shapes/repository.ts'
import { feedSchema } from './shapes/update.ts'
import { issuesOf } from './wire/schema-issues.ts'

const codes = Object.keys(REFUSALS) as RefusalCode[]

test('each code has a sentence that no other has', () => {
  expect(new Set(Object.values(REFUSALS)).size).toBe(codes.length)
  for (const code of codes) expect(codeOfSentence(REFUSALS[code])).toBe(code)
})

test('an issue has its code, its values, and the English of both', () => {
  const issue = issueOf(['passphrase'], 'passphrase_short', { least: 12 })
  expect(issue).toEqual({
    path: ['passphrase'],
    message: 'A passphrase has at least 12 characters.',
    code: 'passphrase_short',
    values: { least: 12 },
  })
  expect(issueOf(['name'], 'name_missing')).toEqual({
    path: ['name'],
    message: 'It needs a name.',
    code: 'name_missing',
  })
})

test('a value that looks like a place for another is not filled again', () => {
  const { message } = issueOf([], 'parameter_text', { name: '{value}', value: '{name}' })
  expect(message).toBe('The parameter {value} takes a text, not {name}.')
})

test('it is the same on the other side of the wire', () => {
  const fault = refused(['line'], 'enrolment_line')
  expect(readFault(JSON.parse(JSON.stringify(writeFault(fault))))?.data).toEqual(fault.data)
})

test.each([
  ['an older side gives none', {}],
  ['a newer side gives one that is not known', { code: 'made_up_later', values: { deep: { er: 1 } } }],
  ['a value is missing', { code: 'passphrase_short', values: {} }],
  ['what all objects have is no value', { code: 'passphrase_short' }],
])('where %s, the message is what there is', (_, said) => {
  const fault = readFault({ code: 'invalid_input', data: { issues: [{ path: ['a'], message: 'So it is.', ...said }] } })
  expect(fault).toBeInstanceOf(Fault)
  const [issue] = (fault as Fault<'invalid_input'>).data.issues
  expect(issue?.message).toBe('So it is.')
  expect(isComplete(issueSchema.parse(issue))).toBe(false)
})

const findings = (schema: z.ZodType, value: unknown) => issuesOf(schema.safeParse(value).error?.issues ?? [])

test('what a schema of the contract refuses has its code', () => {
  expect(findings(backupSetSchema, { paths: ['home'], exclude: [] })).toEqual([
    { path: ['paths', 0], message: 'A path begins with "/".', code: 'path_not_full' },
  ])
  expect(findings(backupSetSchema, { paths: [], exclude: [] })).toMatchObject([{ code: 'backup_missing' }])
  expect(findings(feedSchema, 'ftp://example')).toMatchObject([{ code: 'feed_not_trusted' }])
})

test.each([
  [z.string().max(3), 'four', 'too_long', { most: 3 }],
  [z.string().min(3), 'a', 'too_short', { least: 3 }],
  [z.string().min(1), '', 'missing', undefined],
  [z.array(z.string()).max(1), ['a', 'b'], 'too_many', { most: 1 }],
  [z.array(z.string()).min(2), ['a'], 'too_few', { least: 2 }],
  [z.int().max(9), 10, 'too_great', { most: 9 }],
  [z.int().min(1), 0, 'too_small', { least: 1 }],
  [z.url(), 'nowhere', 'not_an_address', undefined],
])('a bound without a sentence of its own has one all the same: %#', (schema, value, code, values) => {
  expect(findings(schema, value)).toEqual([expect.objectContaining({ code, ...(values && { values }) })])
})

test('what no code is about keeps the words that it has', () => {
  expect(findings(z.object({ a: z.string() }), { a: 1 })).toEqual([
    { path: ['a'], message: expect.stringMatching(/string/) },
  ])
})
