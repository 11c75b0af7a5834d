import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { openIdentity, openSecretsKey, readIdentity } from './identity.ts'

const conflict = (what: string, detail: string) => expect.objectContaining({ code: 'conflict', data: { what, detail } })

test('an identity is made once, and is readable by its owner alone', async () => {
  await using directory = temporaryDirectory()
  expect(readIdentity(directory.path)).toBeUndefined()
  const made = await openIdentity(directory.path)
  expect(made.pin).toMatch(/^[\w-]{43}$/)
  expect(await openIdentity(directory.path)).toMatchObject({ pin: made.pin })
  expect(statSync(join(directory.path, 'identity.pem')).mode & 0o777).toBe(0o600)
  await using another = temporaryDirectory()
  expect((await openIdentity(another.path)).pin).not.toBe(made.pin)
})

test('two who make it at once have the same', async () => {
  await using directory = temporaryDirectory()
  const made = await Promise.all([openIdentity(directory.path), openIdentity(directory.path)])
  expect(made[0]).toEqual(made[1])
  expect(readdirSync(directory.path)).toEqual(['identity.pem'])
})

// @security Secrets: An identity that others may read or write is refused.
test.each([0o640, 0o604, 0o620])('an identity with the rights %o is refused, and left as it is', async (mode) => {
  await using directory = temporaryDirectory()
  await openIdentity(directory.path)
  const path = join(directory.path, 'identity.pem')
  const before = readFileSync(path, 'utf8')
  chmodSync(path, mode)
  await expect(openIdentity(directory.path)).rejects.toEqual(conflict('readable_by_others', path))
  expect(readFileSync(path, 'utf8')).toBe(before)
})

test.each([
  ['cut short', (text: string) => text.slice(0, 300)],
  ['empty', () => ''],
  ['damaged', (text: string) => text.replace(/[A-Z]/, (letter) => (letter === 'M' ? 'N' : 'M')).replaceAll('M', 'w')],
])('an identity that is %s is refused and not replaced', async (_, damage) => {
  await using directory = temporaryDirectory()
  await openIdentity(directory.path)
  const path = join(directory.path, 'identity.pem')
  writeFileSync(path, damage(readFileSync(path, 'utf8')))
  await expect(openIdentity(directory.path)).rejects.toEqual(conflict('identity_damaged', path))
})

test('a certificate around another key is no identity', async () => {
  await using directory = temporaryDirectory()
  await using another = temporaryDirectory()
  await openIdentity(directory.path)
  await openIdentity(another.path)
  const [path, other] = [directory.path, another.path].map((folder) => join(folder, 'identity.pem')) as [string, string]
  const [key] = readFileSync(path, 'utf8').split('-----BEGIN CERTIFICATE')
  const [, certificate] = readFileSync(other, 'utf8').split('-----BEGIN CERTIFICATE')
  writeFileSync(path, `${key}-----BEGIN CERTIFICATE${certificate}`)
  await expect(openIdentity(directory.path)).rejects.toEqual(conflict('identity_damaged', path))
})

// @security Secrets: A link in place of a key file is not followed.
test('a link in place of a key file is not followed', async () => {
  await using directory = temporaryDirectory()
  await using another = temporaryDirectory()
  await openIdentity(another.path)
  symlinkSync(join(another.path, 'identity.pem'), join(directory.path, 'identity.pem'))
  await expect(openIdentity(directory.path)).rejects.toThrow('ELOOP')
})

test('the key of the secrets is made once, 32 bytes for its owner alone', async () => {
  await using directory = temporaryDirectory()
  const key = openSecretsKey(directory.path)
  expect(key).toHaveLength(32)
  expect(Buffer.compare(openSecretsKey(directory.path), key)).toBe(0)
  const path = join(directory.path, 'secrets.key')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  chmodSync(path, 0o644)
  expect(() => openSecretsKey(directory.path)).toThrow(conflict('readable_by_others', path))
  chmodSync(path, 0o600)
  writeFileSync(path, 'short')
  expect(() => openSecretsKey(directory.path)).toThrow(conflict('secrets_key_damaged', path))
})

test('a lost key is not replaced while there are secrets that it alone opens', async () => {
  await using directory = temporaryDirectory()
  writeFileSync(join(directory.path, 'secrets.bin'), 'sealed')
  const path = join(directory.path, 'secrets.key')
  expect(() => openSecretsKey(directory.path)).toThrow(conflict('secrets_key_missing', path))
})
