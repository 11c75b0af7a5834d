import type { Page } from '@playwright/test'
import { bodyRows } from './hosts.ts'

/** The page of one run, live or over. */
export function runPage(page: Page) {
  return {
    title: page.getByRole('heading', { level: 1 }),
    log: page.getByLabel('Log', { exact: true }),
    ledger: bodyRows(page.getByRole('grid', { name: 'Ledger' })),
    cancel: page.getByRole('button', { name: 'Cancel…' }),
    confirmCancel: page.getByRole('button', { name: 'Cancel now' }),
    /** The line that says how it ended: `succeeded`, `cancelled before its end` … */
    verdict: (words: RegExp) => page.getByRole('heading', { level: 2, name: words }),
  }
}

/** End the run whose page is open, and wait until it has ended. */
export async function cancelRun(page: Page): Promise<void> {
  const run = runPage(page)
  await run.cancel.click()
  await run.confirmCancel.click()
  await run.verdict(/^cancelled/).waitFor()
}
