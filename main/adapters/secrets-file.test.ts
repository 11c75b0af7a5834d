import { mkdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { openSecretsFile } from './secrets-file.ts'

const PASSPHRASE = 'correct horse battery staple'
const NAME = 'console-secrets.json'

// @security Secrets: Where there is no keychain, secrets are kept in a file that says nothing of them in the clear.
test('keeps secrets over a restart, and says nothing of them in the clear', async () => {
  await using directory = temporaryDirectory()
  const file = openSecretsFile(directory.path)
  expect(await file.exists()).toBe(false)
  const store = await file.create(PASSPHRASE)
  await Promise.all([store.set('a', 'hunter2'), store.set('b', 'hunter3'), store.set('c', 'hunter4')])
  await store.delete('b')

  const again = await openSecretsFile(directory.path).unlock(PASSPHRASE)
  expect(await again.get('a')).toBe('hunter2')
  expect(await again.get('b')).toBeNull()
  expect(await again.get('c')).toBe('hunter4')
  expect(await again.get('toString')).toBeNull()

  const path = join(directory.path, NAME)
  const text = readFileSync(path, 'utf8')
  for (const plain of ['hunter', PASSPHRASE, '"a"']) expect(text).not.toContain(plain)
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('what could not be written is not kept, also not by the next write', async () => {
  await using directory = temporaryDirectory()
  const file = openSecretsFile(directory.path)
  const store = await file.create(PASSPHRASE)
  await store.set('a', 'hunter2')
  const inTheWay = join(directory.path, `${NAME}.new`)
  mkdirSync(inTheWay)
  const changes = await Promise.allSettled([store.set('a', 'hunter3'), store.delete('a')])
  expect(changes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  rmdirSync(inTheWay)
  expect(await store.get('a')).toBe('hunter2')
  await store.set('b', 'hunter4')
  expect(await (await file.unlock(PASSPHRASE)).get('a')).toBe('hunter2')
})

test('the same passphrase typed on another keyboard opens it', async () => {
  await using directory = temporaryDirectory()
  const file = openSecretsFile(directory.path)
  await file.create('gr\u00fc\u00dfe aus k\u00f6ln')
  await expect(file.unlock('gru\u0308\u00dfe aus ko\u0308ln')).resolves.toBeDefined()
})

test('a wrong passphrase is said to be one', async () => {
  await using directory = temporaryDirectory()
  const file = openSecretsFile(directory.path)
  await file.create(PASSPHRASE)
  await expect(file.unlock(`${PASSPHRASE} `)).rejects.toMatchObject({ code: 'wrong_password' })
})

test('a second one is not made over the first', async () => {
  await using directory = temporaryDirectory()
  const file = openSecretsFile(directory.path)
  await file.create(PASSPHRASE)
  await expect(file.create('another passphrase')).rejects.toMatchObject({ data: { what: 'secrets_exist' } })
  await file.unlock(PASSPHRASE)
})

// @security Secrets: Each time the secrets file is written it is sealed with a nonce of its own.
test('each write has a nonce of its own', async () => {
  await using directory = temporaryDirectory()
  const store = await openSecretsFile(directory.path).create(PASSPHRASE)
  const nonces = new Set<string>()
  for (let at = 0; at < 5; at += 1) {
    await store.set('a', 'the same')
    nonces.add(JSON.parse(readFileSync(join(directory.path, NAME), 'utf8')).nonce)
  }
  expect(nonces.size).toBe(5)
})

test.each([
  ['other costs', (file: SealedFile) => ({ ...file, header: { ...file.header, kdf: { ...file.header.kdf, N: 2 } } })],
  ['another format', (file: SealedFile) => ({ ...file, header: { ...file.header, format: 'other' } })],
  ['more than ours', (file: SealedFile) => ({ ...file, more: 1 })],
])('a file with %s is not one of ours', async (_, change) => {
  await using directory = temporaryDirectory()
  await openSecretsFile(directory.path).create(PASSPHRASE)
  tamper(directory.path, change)
  await expect(openSecretsFile(directory.path).unlock(PASSPHRASE)).rejects.toMatchObject({
    data: { what: 'secrets_damaged' },
  })
})

// @security Secrets: A secrets file that was changed by somebody else does not open.
test('what was changed behind our back does not open', async () => {
  await using directory = temporaryDirectory()
  const store = await openSecretsFile(directory.path).create(PASSPHRASE)
  await store.set('a', 'hunter2')
  tamper(directory.path, (file) => ({ ...file, data: `AAAA${file.data.slice(4)}` }))
  await expect(openSecretsFile(directory.path).unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'wrong_password' })
})

interface SealedFile {
  readonly header: { readonly format: string; readonly kdf: { readonly N: number } }
  readonly data: string
}

function tamper(directory: string, change: (file: SealedFile) => unknown): void {
  const path = join(directory, NAME)
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))))
}
