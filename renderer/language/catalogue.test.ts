import { readFileSync } from 'node:fs'
import { getCatalogs } from '@lingui/cli/api'
import { getConfig } from '@lingui/conf'
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import { describe, expect, it } from 'vitest'

const root = new URL('../..', import.meta.url).pathname
const [catalogue] = await getCatalogs(getConfig({ cwd: root }))
if (catalogue === undefined) throw new Error('lingui.config.mjs names no catalogue')

const sources = catalogue.sourcePaths.filter((path) => readFileSync(path, 'utf8').includes('@lingui/'))
const said = Object.entries((await catalogue.collect({ files: sources })) ?? {})
const [english, german] = [(await catalogue.read('en')) ?? {}, (await catalogue.read('de')) ?? {}]

const wordsOf = (messages: typeof english): readonly string[] =>
  Object.values(messages).flatMap(({ message, obsolete }) => (obsolete === true ? [] : [message ?? '']))

/** A message's values and elements, each once; throws for one that cannot be shown. */
function partsOf(message: string): readonly string[] {
  const compiled = compileMessageOrThrow(message)
  return [...new Set(typeof compiled === 'string' ? elementsIn(compiled) : compiled.flatMap(partsOfToken))].toSorted()
}

type Token = Exclude<ReturnType<typeof compileMessageOrThrow>, string>[number]

function partsOfToken(token: Token): readonly string[] {
  if (typeof token === 'string') return elementsIn(token)
  const [name, format, choices] = token
  const nested = typeof choices === 'object' && choices !== null ? Object.values(choices) : []
  return [
    `{${name}${format === undefined ? '' : `, ${format}`}}`,
    ...nested.flatMap((one) => [one].flat().flatMap((inner) => (isToken(inner) ? partsOfToken(inner) : []))),
  ]
}

function isToken(value: unknown): value is Token {
  return typeof value === 'string' || Array.isArray(value)
}

function elementsIn(text: string): readonly string[] {
  return text.match(/<\/?\d+\/?>/g) ?? []
}

describe('the catalogue', () => {
  it('holds what the code says and nothing else: run `npm run sentences`', () => {
    expect(said.length).toBeGreaterThan(1000)
    const wanted = said.map(([, { message }]) => message ?? '')
    const held = wordsOf(english)
    expect(wanted.filter((message) => !held.includes(message))).toEqual([])
    expect(held.filter((message) => !wanted.includes(message))).toEqual([])
  })

  it('has German for every sentence', () => {
    expect(said.filter(([id]) => (german[id]?.translation ?? '') === '').map(([, { message }]) => message)).toEqual([])
  })

  it('has the same values and elements in German, and every sentence can be shown', () => {
    const other = said.flatMap(([id, { message = '' }]) => {
      const parts = partsOf(message)
      const translation = german[id]?.translation ?? ''
      return translation === '' || partsOf(translation).join() === parts.join() ? [] : [[message, translation]]
    })
    expect(other).toEqual([])
  })

  it('tells values and elements apart, in each form of a count too', () => {
    expect(partsOf('<0>{name}</0> in {place}')).toEqual(['</0>', '<0>', '{name}', '{place}'])
    expect(partsOf('{count, plural, one {<0/> one} other {# of {all}}}')).toEqual(
      expect.arrayContaining(['{count, plural}', '<0/>', '{all}']),
    )
    expect(() => partsOf('{count, plural, one {#}')).toThrow()
  })

  it('begins and ends no sentence with a space, which nobody who translates sees', () => {
    expect(said.filter(([, { message = '' }]) => /^\s|\s$/.test(message)).map(([, { message }]) => message)).toEqual([])
  })

  it('tells who translates what a value is, not all the code around it: a plural in `Trans` is `<Plural>`', () => {
    const isLong = (values: readonly string[]): boolean => values.some((value) => value.length > 200)
    const long = said.filter(([, { placeholders }]) => isLong(Object.values(placeholders).flat()))
    expect(long.map(([, { message }]) => message)).toEqual([])
  })
})
