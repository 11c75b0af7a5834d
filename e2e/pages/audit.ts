import type { Page } from '@playwright/test'
import { bodyRows } from './hosts.ts'

/** What was done, by kind. */
export function auditPage(page: Page) {
  return {
    previews: bodyRows(page.getByRole('grid', { name: 'Recent previews' })),
    show: (kind: 'Restores' | 'Previews' | 'All') =>
      page.getByRole('radiogroup', { name: 'What to show' }).getByText(kind).click(),
  }
}

export async function openAudit(page: Page): Promise<ReturnType<typeof auditPage>> {
  await page.getByRole('link', { name: 'Recent restores' }).click()
  return auditPage(page)
}
