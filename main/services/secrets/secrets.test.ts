import { expect, test } from 'vitest'
import { reasonOf } from '../../../contract/reasons.ts'
import { keychainInMemory } from '../../../test/console-over-double.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { openSecretsFile } from '../../adapters/secrets-file.ts'
import { FIRST_WORKSPACE, openConsoleStore } from '../../store/index.ts'
import { AuditService } from '../audit/index.ts'
import { type Keychain, SecretsService } from './index.ts'

const PASSPHRASE = 'correct horse battery staple'

function absent(message = 'no D-Bus session'): Keychain {
  return { ...keychainInMemory(), tryOut: () => Promise.reject(new Error(message)) }
}

function world(directory: string) {
  const store = openConsoleStore(directory, new Date())
  const file = openSecretsFile(directory)
  const clock = { now: () => new Date(), pause: async () => undefined }
  const audit = new AuditService({
    store: store.audit,
    clock,
    actor: 'someone@here',
    identity: () => null,
    workspaceOf: () => null,
  })
  const begin = (keychain: Keychain) => new SecretsService({ keychain, file, settings: store.settings, audit })
  const written = () => audit.recent({ workspaceId: FIRST_WORKSPACE, hostId: null, limit: 10 })
  return { begin, written, [Symbol.dispose]: () => store[Symbol.dispose]() }
}

test('the keychain is used where there is one', async () => {
  await using directory = temporaryDirectory()
  using here = world(directory.path)
  const secrets = here.begin(keychainInMemory())
  expect(await secrets.status()).toEqual({ store: 'keychain', state: 'ready', reason: '' })
  await (await secrets.open()).set('a', 'b')
  await expect(secrets.create(PASSPHRASE, 'a test')).rejects.toMatchObject({ data: { what: 'secrets_exist' } })
})

test('without a keychain a file is offered, with the reason, and nothing is kept before', async () => {
  await using directory = temporaryDirectory()
  using here = world(directory.path)
  const secrets = here.begin(absent())
  expect(await secrets.status()).toEqual({
    store: 'file',
    state: 'absent',
    ...reasonOf('keychain_said', { said: 'no D-Bus session' }),
  })
  await expect(secrets.open()).rejects.toMatchObject({ code: 'forbidden' })
  await expect(secrets.create('too short', 'a test')).rejects.toMatchObject({
    code: 'invalid_input',
    data: { issues: [{ path: ['passphrase'] }] },
  })
  expect(await secrets.create(PASSPHRASE, 'a test')).toMatchObject({ store: 'file', state: 'ready' })
  await (await secrets.open()).set('a', 'b')
})

test('a file that is there is used, also where a keychain would do', async () => {
  await using directory = temporaryDirectory()
  using here = world(directory.path)
  const before = here.begin(absent())
  await before.create(PASSPHRASE, 'a test')
  await (await before.open()).set('a', 'b')

  const secrets = here.begin(keychainInMemory())
  expect(await secrets.status()).toMatchObject({ store: 'file', state: 'locked' })
  await expect(secrets.unlock('wrong passphrase', 'a test')).rejects.toMatchObject({ code: 'wrong_password' })
  expect(here.written()).toMatchObject([
    { action: 'console.unlock-failed', outcome: 'refused', summary: expect.stringContaining('wrong_password') },
    { action: 'console.settings', outcome: 'done' },
  ])
  await secrets.unlock(PASSPHRASE, 'a test')
  expect(await (await secrets.open()).get('a')).toBe('b')
})

// @security Secrets: A keychain that cannot be reached for once is not silently replaced by an empty file.
test('a keychain that cannot be reached for once is not replaced by an empty file', async () => {
  await using directory = temporaryDirectory()
  using here = world(directory.path)
  await here.begin(keychainInMemory()).status()

  let reachable = false
  const keychain: Keychain = {
    ...keychainInMemory(),
    tryOut: async () => {
      if (!reachable) throw new Error('the keychain is locked')
    },
  }
  const secrets = here.begin(keychain)
  expect(await secrets.status()).toEqual({
    store: 'keychain',
    state: 'locked',
    ...reasonOf('keychain_said', { said: 'the keychain is locked' }),
  })
  await expect(secrets.create(PASSPHRASE, 'a test')).rejects.toMatchObject({ code: 'conflict' })
  await expect(secrets.unlock(PASSPHRASE, 'a test')).rejects.toMatchObject({ data: { what: 'keychain_locked' } })
  reachable = true
  expect(await secrets.status()).toMatchObject({ state: 'ready' })
})

test('whoever watches is told when the store is open', async () => {
  await using directory = temporaryDirectory()
  using here = world(directory.path)
  const secrets = here.begin(absent())
  const stream = secrets.watch(new AbortController().signal)
  expect((await stream.next()).value).toMatchObject({ state: 'absent' })
  const next = stream.next()
  await secrets.create(PASSPHRASE, 'a test')
  expect((await next).value).toMatchObject({ state: 'ready' })
  await stream.return(undefined)
})
