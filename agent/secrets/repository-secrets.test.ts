import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { RepositorySecrets } from './repository-secrets.ts'

const KEY = Buffer.alloc(32, 1)
const SECRETS = { serverPassword: 'hunter2 at the gate', password: 'pässwörd \ud83d\ude00' }

// @security Secrets: The agent’s file of repository passwords has none of them in the clear.
test('what was put is there in the next life, and nowhere in the file', async () => {
  await using directory = temporaryDirectory()
  const path = join(directory.path, 'secrets.bin')
  new RepositorySecrets(path, KEY).put('one', SECRETS)
  expect(new RepositorySecrets(path, KEY).get('one')).toEqual(SECRETS)
  const bytes = readFileSync(path)
  for (const text of ['hunter2', 'serverPassword', 'one']) expect(bytes.includes(text)).toBe(false)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(directory.path)).toEqual(['secrets.bin'])
})

test('the same secrets are never sealed the same way twice', async () => {
  await using directory = temporaryDirectory()
  const path = join(directory.path, 'secrets.bin')
  const secrets = new RepositorySecrets(path, KEY)
  const sealed = Array.from({ length: 5 }, () => {
    secrets.put('one', SECRETS)
    return readFileSync(path).subarray(13).toString('hex')
  })
  expect(new Set(sealed).size).toBe(5)
})

test('another key is told from a damaged file', async () => {
  await using directory = temporaryDirectory()
  const path = join(directory.path, 'secrets.bin')
  new RepositorySecrets(path, KEY).put('one', SECRETS)
  expect(() => new RepositorySecrets(path, Buffer.alloc(32, 2))).toThrow(
    expect.objectContaining({ code: 'conflict', data: { what: 'secrets_key_mismatch', detail: path } }),
  )
})

// @security Secrets: A change of any byte of that file is seen, and none of it is used.
test('a change of any byte is seen', async () => {
  await using directory = temporaryDirectory()
  const path = join(directory.path, 'secrets.bin')
  new RepositorySecrets(path, KEY).put('one', SECRETS)
  const whole = readFileSync(path)
  for (const at of whole.keys()) {
    const changed = Buffer.from(whole)
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
    writeFileSync(path, changed)
    expect(() => new RepositorySecrets(path, KEY), `byte ${at}`).toThrow(/conflict|version_mismatch/)
  }
  for (const length of [0, 4, 24, 40, whole.length - 1]) {
    writeFileSync(path, whole.subarray(0, length))
    expect(() => new RepositorySecrets(path, KEY), `${length} bytes`).toThrow('conflict')
  }
})

test('what belongs to no repository is forgotten', async () => {
  await using directory = temporaryDirectory()
  const path = join(directory.path, 'secrets.bin')
  const secrets = new RepositorySecrets(path, KEY)
  secrets.put('one', SECRETS)
  secrets.put('two', { serverPassword: '', password: 'x' })
  secrets.keepOnly(['two', 'three'])
  const later = new RepositorySecrets(path, KEY)
  expect([later.get('one'), later.get('two')?.password]).toEqual([undefined, 'x'])
  expect([...later.texts()]).toEqual(['x'])
})

test('a key of another length is refused', async () => {
  await using directory = temporaryDirectory()
  expect(() => new RepositorySecrets(join(directory.path, 's'), Buffer.alloc(16))).toThrow(RangeError)
})
