import type { Locator, Page } from '@playwright/test'
import type { LedgerAction } from '../../contract/shapes/run.ts'
import { bodyRows } from './hosts.ts'

/** The list of all runs. */
export function runsPage(page: Page) {
  return {
    rows: bodyRows(page.getByRole('grid', { name: 'Runs' })).filter({ hasNotText: 'No run matches' }),
    filter: page.getByLabel('Filter runs'),
  }
}

/** The page of one run, live or over. */
export function runPage(page: Page) {
  return {
    title: page.getByRole('heading', { level: 1 }),
    log: page.getByLabel('Log', { exact: true }),
    ledger: bodyRows(page.getByRole('grid', { name: 'Ledger' })),
    /** What became of the items, counted: `restored12updated0…`. */
    score: page.getByLabel('Outcomes'),
    /** A value of the result by its name: `Evidence`, `Safety snapshot`, `Reason`, `Plan`, `Reverts`, `Followed by` … */
    fact: (name: string): Locator =>
      page.locator('dl > div', { has: page.locator('dt', { hasText: new RegExp(`^${name}$`) }) }).locator('dd'),
    /** What may follow; a button that does nothing stands where the link would. */
    resume: page.getByRole('link', { name: 'Resume…' }),
    retry: page.getByRole('link', { name: /^Retry what failed/ }),
    revert: page.getByRole('link', { name: 'Revert this restore…' }),
    filter: page.getByLabel('Filter paths'),
    /** Only items of one outcome, or all. */
    only: (action: LedgerAction | 'all'): Promise<void> =>
      page
        .getByRole('radiogroup', { name: 'Outcome' })
        .getByText(new RegExp(`^${action} `))
        .click(),
    /** The item whose row was opened, with its reason in full. */
    item: page.getByRole('region', { name: 'Item' }),
    cancel: page.getByRole('button', { name: 'Cancel…' }),
    confirmCancel: page.getByRole('button', { name: 'Cancel now' }),
    cancelAfterPart: page.getByRole('button', { name: 'Cancel after the current part' }),
    /** The line that says how it ended: `succeeded`, `cancelled before its end` … */
    verdict: (words: RegExp) => page.getByRole('heading', { level: 2, name: words }),
  }
}

/** Have the ledger that is listed written to a file, and give its path. */
export async function exportLedger(page: Page, format: 'CSV' | 'JSON'): Promise<string> {
  await page.getByRole('button', { name: 'Export' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: new RegExp(`^${format}`) }).click()
  return (await download).path()
}

/** End the run whose page is open, and wait until it has ended. */
export async function cancelRun(page: Page): Promise<void> {
  const run = runPage(page)
  await run.cancel.click()
  await run.confirmCancel.click()
  await run.verdict(/^cancelled/).waitFor()
}
