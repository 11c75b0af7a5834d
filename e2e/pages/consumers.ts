import type { Page } from '@playwright/test'
import { bodyRows } from './hosts.ts'

/** Who restores replicas. */
export function consumersPage(page: Page) {
  const enrolling = page.getByRole('dialog', { name: 'Enrol a consumer' })
  const consumer = (name: string) => page.getByRole('dialog', { name, exact: true })
  const own = page.getByRole('region', { name: 'This console proves backups' })
  return {
    own,
    ownSwitch: own.getByRole('switch'),
    rows: bodyRows(page.getByRole('grid', { name: 'Consumers' })),
    enrolFirst: page.getByRole('button', { name: 'Enrol the first one…' }),
    enrolling,
    consumer,
    tab: (name: string, tab: string) => consumer(name).getByRole('tab', { name: tab }),
    /** Makes a code, and answers the commands that are shown for it: those that make a key, and give the code. */
    codeFor: async (name: string): Promise<string[]> => {
      await enrolling.getByLabel('Name').fill(name)
      await enrolling.getByRole('button', { name: 'Make a code' }).click()
      await enrolling.getByText('shown this once').waitFor()
      return (await enrolling.locator('code, pre').allTextContents()).filter((text) => /^(openssl|curl) /.test(text))
    },
    done: enrolling.getByRole('button', { name: 'Done' }),
  }
}

export async function openConsumers(page: Page): Promise<ReturnType<typeof consumersPage>> {
  await page.getByRole('link', { name: 'Consumers', exact: true }).click()
  return consumersPage(page)
}
