import { expect, test } from './fixture.ts'
import { choosePassphrase, unlock, vault } from './pages/vault.ts'

test('without a keychain a passphrase is chosen, and asked for again', { tag: '@headless' }, async ({
  open,
  secrets,
}) => {
  const passphrase = secrets.use('a passphrase of several words')
  const first = await open({ keychain: false })
  await expect(vault(first.page).choose).toBeVisible()
  await choosePassphrase(first.page, passphrase)
  await expect(first.page.getByRole('heading', { name: 'Get data back' })).toBeVisible()
  await first[Symbol.asyncDispose]()

  const { page } = await open({ keychain: false })
  await expect(vault(page).unlock).toBeVisible()
  await unlock(page, secrets.use('not the passphrase at all'))
  await expect(vault(page).wrong).toBeVisible()
  await unlock(page, passphrase)
  await expect(page.getByRole('heading', { name: 'Get data back' })).toBeVisible()
})
