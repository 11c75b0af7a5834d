import type { Locator, Page } from '@playwright/test'

/** The button in the frame that names the workspace. */
export function workspaceButton(page: Page, name: string): Locator {
  return page.getByRole('button', { name: `Workspace ${name}` })
}

/** Two keys, some letters of a workspace's name, Enter. */
export async function switchTo(page: Page, letters: string): Promise<void> {
  const filter = page.getByRole('textbox', { name: 'Filter workspaces' })
  await page.getByRole('button', { name: /^Workspace ./ }).waitFor()
  await page.keyboard.press('Alt+w')
  await filter.fill(letters)
  await page.getByRole('option', { name: letters }).and(page.locator('[data-combobox-selected]')).waitFor()
  await page.keyboard.press('Enter')
}

/** Make a workspace on the page of all of them. */
export async function makeWorkspace(page: Page, name: string, color: string): Promise<void> {
  await page.getByRole('button', { name: 'You', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Workspaces' }).click()
  await page.getByRole('button', { name: 'Make a workspace…' }).click()
  const drawer = page.getByRole('dialog', { name: 'Make a workspace' })
  await drawer.getByRole('textbox', { name: 'Name' }).fill(name)
  await drawer.getByRole('radio', { name: color }).check()
  await drawer.getByRole('button', { name: 'Make it' }).click()
  await page.getByRole('button', { name: `Switch to ${name}` }).waitFor()
}
