import { describe, expect, it } from 'vitest'
import { Fault } from '../../contract/errors.ts'
import { toRows } from '../../contract/shapes/columns.ts'
import type { NodeColumns } from '../../contract/shapes/tree.ts'
import { HOSTILE_NAMES } from '../../test/hostile-names.ts'
import { Chance } from './sample/chance.ts'
import { parseNodes, readStoredNodes } from './stored-node.ts'
import { readStoredOutline, type StoredOutline } from './stored-outline.ts'
import { type OwnTotals, readStoredTotals } from './stored-totals.ts'
import { parseTree, readStoredTree, scanTree } from './stored-tree.ts'

const ID = 'a'.repeat(64)

/** As Go's `strconv.Quote` spells bytes, or with all of them escaped. */
function quoted(name: Buffer, chance: Chance): string {
  const all = chance.below(4) === 0
  return Array.from(name.toString('latin1'), (character) => {
    const byte = character.charCodeAt(0)
    const plain = byte >= 0x20 && byte < 0x7f && character !== '\\' && character !== '"'
    return plain && !all ? character : `\\x${byte.toString(16).padStart(2, '0')}`
  }).join('')
}

/** JSON's own escapes for some of a text's characters. */
function jsonText(text: string, chance: Chance): string {
  const inner = JSON.stringify(text).slice(1, -1)
  if (chance.below(4) > 0) return `"${inner}"`
  const escaped = inner.replace(/[a-z<>&]/g, (character) =>
    chance.below(3) > 0 ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  // What stood behind a backslash must stay there.
  return inner.includes('\\') ? `"${inner}"` : `"${escaped}"`
}

const NAMES: readonly [string, ...string[]] = ['a', 'b.txt', 'é', '💀', '\ufeff', 'x'.repeat(255), '…']
const BAD_NAMES: readonly [string, ...string[]] = [
  '"."',
  '".."',
  '""',
  '"a/b"',
  '"a\\\\x00"',
  '"\\\\q"',
  '7',
  'null',
  '"\\u0000"',
]
const NUMBERS: readonly [string, ...string[]] = ['0', '1', '420', '2147484013', '134218221', '999999999999999']
const BAD_NUMBERS: readonly [string, ...string[]] = [
  '-1',
  '1.5',
  '1e3',
  '01',
  '9007199254740993',
  '1e400',
  'null',
  '"1"',
  '-',
  '1.',
  '.5',
  '1e',
  '+1',
  '18446744073709551615',
]
const VALUES: readonly [string, ...string[]] = [
  'null',
  'true',
  'false',
  '0',
  '-0',
  '-1.25e-3',
  '1E+9',
  '""',
  '"\\u0041\\n\\"\\\\"',
  '[]',
  '{}',
  '[[],{"a":[1,{"b":"]"}]}]',
  '{"name":"not this one","nodes":[1]}',
  '"}]"',
  '[null,""]',
]
const BAD_VALUES: readonly [string, ...string[]] = [
  '',
  'nul',
  'tru',
  '01',
  '"\n"',
  '"\\x"',
  '"\\u12g4"',
  '[1,]',
  '{"a"}',
  '{a:1}',
  '[',
  '"',
  'undefined',
  "'a'",
  '1 2',
  '- 1',
]

/** A node as restic writes it, or nearly. `wild` is how often something is not as it should be, one in so many. */
function nodeText(chance: Chance, wild: number): string {
  const amiss = (): boolean => chance.below(wild) === 0
  const name =
    chance.below(3) === 0
      ? quoted(HOSTILE_NAMES[chance.below(HOSTILE_NAMES.length)] ?? Buffer.of(), chance)
      : chance.pick(NAMES)
  const type = chance.pick(['file', 'dir', 'symlink', 'fifo', 'dev', 'chardev', 'socket', 'irregular', 'portal'])
  const number = (): string => (amiss() ? chance.pick(BAD_NUMBERS) : chance.pick(NUMBERS))
  const fields: [string, string][] = [
    ['name', amiss() ? chance.pick(BAD_NAMES) : jsonText(name, chance)],
    ['type', amiss() ? chance.pick(VALUES) : jsonText(type, chance)],
    ['mtime', amiss() ? chance.pick(VALUES) : jsonText(`2026-01-0${chance.below(3)}T00:00:00+02:00`, chance)],
  ]
  const maybe = (key: string, value: () => string): void => {
    if (chance.below(2) === 0) fields.push([key, value()])
  }
  maybe('mode', number)
  maybe('size', number)
  maybe('inode', number)
  maybe('atime', () => (amiss() ? chance.pick(VALUES) : '"2026-01-01T00:00:00Z"'))
  maybe('subtree', () =>
    amiss() ? chance.pick(VALUES) : chance.pick([`"${chance.hex(64)}"`, 'null', `"${chance.hex(64)}"`]),
  )
  maybe('linktarget', () =>
    amiss() ? chance.pick(VALUES) : jsonText(chance.pick(['../there', 'a\ufffd', '']), chance),
  )
  maybe('linktarget_raw', () =>
    amiss() ? chance.pick(['"%"', '7', '"6Q="']) : chance.pick(['"6Q=="', '""', '"\\u0036Q=="']),
  )
  maybe('content', () => (amiss() ? chance.pick(VALUES) : `["${chance.hex(64)}"]`))
  maybe('novelty', () => (amiss() ? chance.pick(BAD_VALUES) : chance.pick(VALUES)))
  if (amiss()) fields.push(['na\\u006de', '"by another spelling"'])
  if (amiss()) fields.push(['__proto__', '{"name":"inherited"}'])
  if (amiss()) fields.push(...fields.slice(chance.below(3), 4))
  if (amiss()) fields.splice(chance.below(fields.length), 1)
  for (let at = fields.length - 1; at > 0 && amiss(); at -= 1) fields.reverse()
  const rotated = chance.below(3) === 0 ? fields.toSorted(() => chance.below(3) - 1) : fields
  const blank = amiss() ? ' ' : ''
  return `{${rotated.map(([key, value]) => `"${key}":${blank}${value}`).join(',')}}`
}

function treeText(chance: Chance, wild: number): Buffer {
  const nodes = Array.from({ length: chance.below(5) }, () => nodeText(chance, wild)).join(',')
  const whole =
    chance.below(wild) === 0
      ? chance.pick([
          '{"nodes":null}',
          '[]',
          '',
          '{}',
          '{"nodes":{}}',
          '\ufeff{"nodes":[]}',
          `{"a":1,"nodes":[${nodes}]}`,
          `{"nodes":[${nodes}],"nodes":[]}`,
        ])
      : `{"nodes":[${nodes}]}`
  const bytes = Buffer.from(chance.below(2) === 0 ? `${whole}\n` : whole)
  // A byte that is another, gone, or too many.
  if (chance.below(wild) > 0 || bytes.length === 0) return bytes
  const at = chance.below(bytes.length)
  const instead = chance.pick([[chance.below(256)], [], [chance.below(256), bytes[at] ?? 0]])
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(instead), bytes.subarray(at + 1)])
}

function outcome(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    if (error instanceof Fault) return { code: error.code, data: error.data }
    throw error
  }
}

function outlineOf(listing: NodeColumns): StoredOutline {
  const directories = toRows(listing).filter(({ type }) => type === 'dir')
  return { names: listing.name.map((name) => `${name}\0`).join(''), below: directories.map(({ treeId }) => treeId) }
}

function totalsOf(listing: NodeColumns): OwnTotals {
  const rows = toRows(listing)
  const files = rows.filter(({ type }) => type === 'file')
  const directories = rows.filter(({ type }) => type === 'dir')
  return {
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    files: files.length,
    directories: directories.length,
    others: rows.length - files.length - directories.length,
    below: directories.flatMap(({ treeId }) => treeId ?? []),
  }
}

describe('a directory read from its bytes', () => {
  it('is what a reader of JSON makes of it, or is refused as that refuses it', () => {
    const chance = new Chance(7)
    let scanned = 0
    let refused = 0
    for (let round = 0; round < 2_000; round += 1) {
      const stored = treeText(chance, chance.pick([10, 40, 400]))
      const text = stored.toString('latin1')
      const expected = outcome(() => parseTree(ID, stored))
      const values = scanTree(stored)
      scanned += values === undefined ? 0 : 1
      refused += expected !== null && typeof expected === 'object' && 'code' in expected ? 1 : 0
      expect([text, values ?? expected]).toEqual([text, expected])
      expect([text, outcome(() => readStoredTree(ID, stored))]).toEqual([text, expected])

      expect([text, outcome(() => readStoredOutline(ID, stored))]).toEqual([
        text,
        outcome(() => outlineOf(parseTree(ID, stored))),
      ])
      expect([text, outcome(() => readStoredTotals(ID, stored))]).toEqual([
        text,
        outcome(() => totalsOf(parseTree(ID, stored))),
      ])

      const nodes = outcome(() => parseNodes(ID, stored))
      expect([text, outcome(() => readStoredNodes(ID, stored))]).toEqual([text, nodes])
    }
    expect(scanned).toBeGreaterThan(750)
    expect(refused).toBeGreaterThan(250)
  })
})
