import { expect, it } from 'vitest'
import type { RollUp } from '../../../contract/shapes/compare.ts'
import { type ChangeRow, EVERYTHING, isShown, type Kind, listingOf, shownKind } from './change-rows.ts'

const NOTHING: RollUp = {
  added: 0,
  addedBytes: 0,
  removed: 0,
  removedBytes: 0,
  modified: 0,
  modifiedBytesBefore: 0,
  modifiedBytesAfter: 0,
  retyped: 0,
  metadata: 0,
}

function row(fields: Partial<ChangeRow>): ChangeRow {
  return {
    name: 'name',
    kind: 'modified',
    bitRot: false,
    typeBefore: 'file',
    typeAfter: 'file',
    sizeBefore: 1,
    sizeAfter: 2,
    modifiedBefore: '2026-01-01T00:00:00Z',
    modifiedAfter: '2026-01-02T00:00:00Z',
    modeBefore: 0o644,
    modeAfter: 0o600,
    treeBefore: null,
    treeAfter: null,
    linkBefore: null,
    linkAfter: null,
    rollUp: null,
    ...fields,
  }
}
const folder = (fields: Partial<ChangeRow>): ChangeRow =>
  row({ typeBefore: 'dir', typeAfter: 'dir', treeBefore: 'a', treeAfter: 'b', ...fields })
const only = (...kinds: Kind[]) => ({ ...EVERYTHING, kinds: new Set(kinds) })

it('shows what was asked for, and what is the same only where all is wanted', () => {
  expect(isShown(row({ kind: 'added' }), EVERYTHING, null)).toBe(true)
  expect(isShown(row({ kind: 'added' }), only('removed'), null)).toBe(false)
  expect(isShown(row({ kind: 'same' }), EVERYTHING, null)).toBe(false)
  expect(isShown(row({ kind: 'same' }), { ...EVERYTHING, onlyChanges: false }, null)).toBe(true)
  expect(isShown(row({ kind: 'undecided' }), only('modified'), null)).toBe(true)
  expect(isShown(row({ kind: 'undecided' }), only('added'), null)).toBe(false)
})

it('takes metadata for a change only where that is wanted', () => {
  expect(isShown(row({ kind: 'metadata' }), EVERYTHING, null)).toBe(false)
  expect(isShown(row({ kind: 'metadata' }), { ...EVERYTHING, metadata: true }, null)).toBe(true)
  expect(shownKind(row({ kind: 'metadata' }), EVERYTHING)).toBe('same')
  expect(shownKind(folder({ kind: 'metadata' }), EVERYTHING)).toBe('inside')
  expect(shownKind(folder({ kind: 'metadata', treeAfter: 'a' }), EVERYTHING)).toBe('same')
  expect(shownKind(folder({ kind: 'metadata', treeAfter: null }), EVERYTHING)).toBe('undecided')
})

it('keeps a folder while nobody knows what is below it, and leaves it out once nothing wanted is', () => {
  const inside = folder({ kind: 'inside' })
  expect(isShown(inside, only('removed'), null)).toBe(true)
  expect(isShown(inside, only('removed'), { ...NOTHING, added: 3 })).toBe(false)
  expect(isShown(inside, only('removed'), { ...NOTHING, removed: 3 })).toBe(true)
  expect(isShown(inside, EVERYTHING, { ...NOTHING, metadata: 3 })).toBe(false)
  expect(isShown(folder({ kind: 'metadata', treeAfter: 'a' }), EVERYTHING, null)).toBe(false)
})

it('lets only those folders be opened that both sides, or one alone, have as a folder', () => {
  const listing = listingOf(
    [
      folder({ kind: 'inside', name: 'both' }),
      folder({ kind: 'added', name: 'alone', typeBefore: null, treeBefore: null }),
      row({ kind: 'retyped', name: 'was a file', typeAfter: 'dir', treeAfter: 'b' }),
    ],
    ({ name }) => `level of ${name}`,
  )
  expect([...listing.treeIds]).toEqual([
    [0, 'level of both'],
    [1, 'level of alone'],
  ])
  expect(listing.types[2]).not.toBe(listing.types[0])
})
