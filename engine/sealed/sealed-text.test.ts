import { createSecretKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { openSealed, sealText } from './sealed-text.ts'

const KEY = createSecretKey(Buffer.alloc(32, 1))

test('what was sealed is opened by its key, and never sealed the same way twice', () => {
  const sealed = [sealText(KEY, 'pässwörd'), sealText(KEY, 'pässwörd')] as const
  expect(sealed.map((one) => openSealed(KEY, one, 'here'))).toEqual(['pässwörd', 'pässwörd'])
  expect(sealed[0].equals(sealed[1])).toBe(false)
  expect(sealed[0].includes('wörd')).toBe(false)
})

test('another key is told from damage, with where it lay', () => {
  const sealed = sealText(KEY, 'secret')
  const conflict = (what: string) => expect.objectContaining({ code: 'conflict', data: { what, detail: 'here' } })
  const another = createSecretKey(Buffer.alloc(32, 2))
  expect(() => openSealed(another, sealed, 'here')).toThrow(conflict('secrets_key_mismatch'))
  for (const at of sealed.keys()) {
    const changed = Buffer.from(sealed)
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
    expect(() => openSealed(KEY, changed, 'here'), `byte ${at}`).toThrow(/conflict|version_mismatch/)
  }
  expect(() => openSealed(KEY, sealed.subarray(0, 30), 'here')).toThrow(conflict('secrets_file_damaged'))
})
