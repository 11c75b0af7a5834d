import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { openListingVault } from './listing-vault.ts'

const KEY = randomBytes(32)
const LABEL = ['kept', 'host', 'repository', 'tree', 'a'.repeat(64), 0, 10_000] as const
const PLAIN = Buffer.from(JSON.stringify({ name: Array.from({ length: 1000 }, () => 'passwd'), odd: 'caf\udce9' }))

test('opens what it sealed, also when it was opened again with the same key', async () => {
  const sealed = await openListingVault(KEY).seal(LABEL, PLAIN)
  expect((await openListingVault(KEY).open([...LABEL], sealed))?.equals(PLAIN)).toBe(true)
  expect(sealed.length).toBeLessThan(PLAIN.length / 4)
  expect(sealed.includes('passwd')).toBe(false)
})

test('what was changed, cut short or put in another place does not open', async () => {
  const vault = openListingVault(KEY)
  const sealed = await vault.seal(LABEL, PLAIN)
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(await vault.open(LABEL, changed)).toBeNull()
  }
  for (const length of [0, 11, 12, 27, 28, sealed.length - 1]) {
    expect(await vault.open(LABEL, sealed.subarray(0, length))).toBeNull()
  }
  expect(await vault.open([...LABEL.slice(0, -1), 9_999], sealed)).toBeNull()
})

// @security Secrets: What was seen of repositories is kept sealed: another key opens nothing and finds nothing at the same address.
test('another key opens nothing, and nothing is at the same address under it', async () => {
  const vault = openListingVault(KEY)
  const other = openListingVault(randomBytes(32))
  expect(await other.open(LABEL, await vault.seal(LABEL, PLAIN))).toBeNull()
  expect(other.mark.equals(vault.mark)).toBe(false)
  expect(other.address(LABEL).equals(vault.address(LABEL))).toBe(false)
  expect(openListingVault(KEY).mark.equals(vault.mark)).toBe(true)
})

test('labels that read alike are not alike', () => {
  const vault = openListingVault(KEY)
  const addresses = [
    ['a', 'b,c'],
    ['a,b', 'c'],
    ['a', 'b', 'c'],
    ['a', '1'],
    ['a', 1],
    ['a', null],
    ['a', 'null'],
    ['a', '"'],
  ].map((label) => vault.address(label).toString('hex'))
  expect(new Set(addresses).size).toBe(addresses.length)
})

test('the same thing is sealed differently each time', async () => {
  const vault = openListingVault(KEY)
  const nonces = await Promise.all(
    Array.from({ length: 20 }, async () => (await vault.seal(LABEL, PLAIN)).subarray(0, 12)),
  )
  expect(new Set(nonces.map((nonce) => nonce.toString('hex'))).size).toBe(20)
})
