import { expect, test } from 'vitest'
import { Fault } from '../../../contract/errors.ts'
import { keychainInMemory } from '../../../test/console-over-double.ts'
import { ownIdentity } from './index.ts'

function world() {
  let made = 0
  const makeIdentity = async () => {
    made += 1
    return { key: `key ${made}`, certificate: 'certificate' }
  }
  return { doors: { makeIdentity }, installation: 'here', made: () => made }
}

test('it is made once, however many ask, and kept', async () => {
  const { doors, installation, made } = world()
  const store = keychainInMemory()
  const secrets = { open: async () => store }
  const identity = ownIdentity({ doors, installation, secrets })
  const [first, second] = await Promise.all([identity(), identity()])
  expect(second).toEqual(first)
  expect(await ownIdentity({ doors, installation, secrets })()).toEqual(first)
  expect(made()).toBe(1)
})

test('while the secrets are not open there is none, and then there is', async () => {
  const { doors, installation } = world()
  let isOpen = false
  const store = keychainInMemory()
  const secrets = {
    open: async () => {
      if (!isOpen) throw new Fault('forbidden', { needs: 'passphrase' })
      return store
    },
  }
  const identity = ownIdentity({ doors, installation, secrets })
  await expect(identity()).rejects.toMatchObject({ code: 'forbidden' })
  isOpen = true
  expect(await identity()).toMatchObject({ key: 'key 1' })
})

test('a store that forgets is noticed before an agent is asked to trust the key', async () => {
  const { doors, installation } = world()
  const secrets = { open: async () => ({ ...keychainInMemory(), get: async () => null }) }
  await expect(ownIdentity({ doors, installation, secrets })()).rejects.toThrow('did not keep')
})
