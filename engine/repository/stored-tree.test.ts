import { describe, expect, it } from 'vitest'
import { unquote } from './quoted-name.ts'
import { readStoredTree } from './stored-tree.ts'

const id = 'a'.repeat(64)
const read = (tree: unknown) => readStoredTree(id, Buffer.from(JSON.stringify(tree)))
const node = (more: object) => ({
  name: 'x',
  type: 'file',
  mode: 0o644,
  mtime: '2026-01-01T00:00:00Z',
  content: [],
  ...more,
})

describe('a stored directory', () => {
  it('may hold keys and types that came later', () => {
    const listing = read({ future: 1, nodes: [node({ novelty: [], type: 'portal' })] })
    expect(listing.type).toEqual(['irregular'])
  })

  it('may be empty in any spelling', () => {
    expect(read({ nodes: [] }).name).toEqual([])
    expect(read({ nodes: null }).name).toEqual([])
  })

  it.each(['..', '.', '', 'a/b', '/etc', 'a\\x00b', '\\x2e\\x2e'])('is refused when it holds the name "%s"', (name) => {
    expect(() => read({ nodes: [node({ name })] })).toThrow(expect.objectContaining({ code: 'tool_failed' }))
  })

  it.each([
    '',
    'garbage',
    '[]',
    '{}',
    '{"nodes":[{"name":1}]}',
    '{"nodes":[{"name":"\\\\q","type":"file","mtime":""}]}',
  ])('is refused when it is %j', (text) => {
    expect(() => readStoredTree(id, Buffer.from(text))).toThrow(expect.objectContaining({ code: 'tool_failed' }))
  })

  it('of a hundred thousand nodes is read in about a second', () => {
    const nodes = Array.from({ length: 100_000 }, (_, at) => node({ name: `file-${at}`, size: at }))
    const stored = Buffer.from(JSON.stringify({ nodes }))
    const before = process.cpuUsage()
    expect(readStoredTree(id, stored).name).toHaveLength(100_000)
    expect(process.cpuUsage(before).user).toBeLessThan(3_000_000)
  })
})

describe('a name as Go quotes it', () => {
  it.each([
    ['plain', 'plain'],
    ['a\\\\b\\"c\\\'', 'a\\b"c\''],
    ['\\a\\b\\t\\n\\v\\f\\r', '\x07\b\t\n\v\f\r'],
    ['\\u00a0\\U0001F480\\ufeff', '\u00a0💀\ufeff'],
    ['\\101', 'A'],
    ['é💀\\n', 'é💀\n'],
  ])('%s', (quoted, name) => {
    expect(unquote(quoted)).toEqual(Buffer.from(name))
  })

  it('keeps bytes that are not UTF-8', () => {
    expect(unquote('caf\\xe9')).toEqual(Buffer.from('caf\xe9', 'latin1'))
  })

  it('is refused with an escape that Go does not write', () => {
    expect(() => unquote('a\\q')).toThrow(RangeError)
    expect(() => unquote('a\\')).toThrow(RangeError)
    expect(() => unquote('a\\x4')).toThrow(RangeError)
  })
})
