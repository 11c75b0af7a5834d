import type { Page } from '@playwright/test'

/** Where a console without a keychain is given a passphrase. */
export function vault(page: Page) {
  return {
    choose: page.getByRole('heading', { name: 'Choose a passphrase' }),
    unlock: page.getByRole('heading', { name: 'Unlock the console' }),
    wrong: page.getByText('This is not the passphrase'),
  }
}

export async function choosePassphrase(page: Page, passphrase: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(passphrase)
  await page.getByRole('textbox', { name: 'The same again' }).fill(passphrase)
  await page.getByRole('button', { name: 'Keep it' }).click()
}

export async function unlock(page: Page, passphrase: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(passphrase)
  await page.getByRole('button', { name: 'Unlock' }).click()
}
