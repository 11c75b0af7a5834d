import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openKeychain } from './keychain.ts'

/** Why there is nothing real to test against; empty when there is. */
const missing = await (async () => {
  if (process.env['DBUS_SESSION_BUS_ADDRESS'] === undefined) return 'no D-Bus session'
  return import('keytar').then(
    () => '',
    () => 'keytar is not built',
  )
})()

describe.skipIf(missing !== '')(`the real secret service${missing === '' ? '' : ` (skipped: ${missing})`}`, () => {
  test('keeps, gives back and forgets', async () => {
    const keychain = openKeychain()
    await keychain.tryOut()
    const name = `test:${randomUUID()}`
    expect(await keychain.get(name)).toBeNull()
    await keychain.set(name, 'hunter2')
    await keychain.set(name, 'hunter3')
    expect(await openKeychain().get(name)).toBe('hunter3')
    await keychain.delete(name)
    expect(await keychain.get(name)).toBeNull()
  })
})

test('a keychain module that cannot be loaded is no keychain, whatever the reason', async () => {
  const keychain = openKeychain(() => Promise.reject(new Error('Cannot find module keytar.node')))
  await expect(keychain.tryOut()).rejects.toThrow('keytar.node')
})

test('a keychain that forgets is no keychain', async () => {
  const keychain = openKeychain(async () => ({
    getPassword: async () => null,
    setPassword: async () => undefined,
    deletePassword: async () => false,
  }))
  await expect(keychain.tryOut()).rejects.toThrow('did not keep')
})
