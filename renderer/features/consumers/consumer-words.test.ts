import { expect, test } from 'vitest'
import { consumersOfEachKind } from '../../gallery/console/consumers.ts'
import {
  consumerState,
  curlPin,
  enrolmentCommands,
  ownEnrolment,
  paramWords,
  sentParams,
  totalWords,
} from './consumer-words.ts'

const consumers = consumersOfEachKind()
const word = (name: string | null) =>
  consumers.filter((each) => each.name === name).map((each) => consumerState(each).word)

test('a consumer that is silent is told from one that has not begun, and from one of which nothing is known', () => {
  expect(word('prover-1')).toEqual(['at work'])
  expect(word('prover-3')).toEqual(['silent'])
  expect(word('prover-new')).toEqual(['not begun'])
  expect(word(null)).toEqual(['not told'])
  const [fresh] = consumers
  if (fresh === undefined) throw new Error('no consumer')
  expect(consumerState({ ...fresh, silent: null, lastWorklistAt: null }).word).toBe('not begun')
  expect(totalWords(consumers)).toBe('5 consumers, 1 silent')
})

test('one that asks and offers nothing is no healthy one', () => {
  const [first] = consumers
  if (first === undefined) throw new Error('no consumer')
  expect(consumerState({ ...first, intents: [] }).word).toBe('offers nothing')
})

test('a parameter says its type and what it is unless set', () => {
  expect(paramWords('memory', { type: 'bytes', default: '4Gi' })).toBe('memory (size), 4Gi unless set')
  expect(paramWords('reindex', { type: 'boolean', default: false })).toBe('reindex (yes or no), false unless set')
  expect(paramWords('schema', { type: 'text' })).toBe('schema (text), nothing unless set')
})

test('what a consumer is sent is shown with units', () => {
  const intent = { params: { memory: { type: 'bytes' }, wait: { type: 'duration' } } } as const
  const sent = { memory: 8 * 1024 ** 3, wait: 5400, more: 7, none: null, flag: false }
  expect(sentParams(sent, intent)).toBe('memory = 8Gi, wait = 1h 30m, more = 7, flag = false')
  expect(sentParams({ wait: 5400 }, undefined)).toBe('wait = 5400')
})

test('a pin is written as curl takes it', () => {
  expect(curlPin('ab-_')).toBe('sha256//ab+/')
  expect(curlPin('A'.repeat(43))).toBe(`sha256//${'A'.repeat(43)}=`)
})

test('a name is safe within the command that enrols it', () => {
  const [key, enrol] = enrolmentCommands({ code: 'k7', url: 'https://a:1/', planePin: 'ab', name: "Maria's prover" })
  expect(key).toContain('-subj /CN=maria-s-prover ')
  expect(enrol).toContain(`--json '{"code":"k7","name":"Maria'\\''s prover"}' https://a:1/enrol`)
})

test('a consumer of ours enrols with one line, whatever it is called', () => {
  expect(ownEnrolment({ code: 'k7', url: 'https://a:1/', planePin: 'ab', name: "Maria's prover" })).toBe(
    "npm run consumer -- enrol https://a:1 k7 --pin ab --name 'Maria'\\''s prover'",
  )
})
