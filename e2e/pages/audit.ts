import type { Page } from '@playwright/test'
import { bodyRows } from './hosts.ts'

/** What was restored, and by kind what else was asked of hosts. */
export function auditPage(page: Page) {
  const strip = page.getByRole('group', { name: 'Restores of the last days' })
  const restores = page.getByRole('grid', { name: 'Recent restores' })
  return {
    table: restores,
    restores: bodyRows(restores),
    previews: bodyRows(page.getByRole('grid', { name: 'Recent previews' })),
    entries: bodyRows(page.getByRole('grid', { name: 'What was done' })),
    show: (kind: 'Restores' | 'Previews' | 'All') =>
      page.getByRole('radiogroup', { name: 'What to show' }).getByText(kind).click(),
    text: page.getByLabel('Filter', { exact: true }),
    /** A filter by its name and what it says: `Target`, `Target: in place`. */
    filter: (words: string) => page.getByRole('button', { name: words, exact: true }),
    choice: (name: string) => page.getByRole('option', { name, exact: true }),
    inAll: page.getByRole('region', { name: 'In all' }),
    strip,
    days: strip.getByRole('button'),
    plots: page.getByRole('button', { name: 'Plots' }),
    plot: (title: string) => page.getByRole('region', { name: title }),
    view: (name: string) => page.getByRole('menuitem', { name }),
    export: page.getByRole('button', { name: 'Export' }),
    record: page.getByRole('dialog', { name: /^Restore on / }),
  }
}

export async function openAudit(page: Page): Promise<ReturnType<typeof auditPage>> {
  await page.getByRole('link', { name: 'Recent restores' }).click()
  return auditPage(page)
}

/** Whether the backups can be restored at all. */
export function boardPage(page: Page) {
  return {
    rows: bodyRows(page.getByRole('grid', { name: 'Repositories' })),
    proof: page.getByRole('dialog', { name: / on / }),
    proveNow: page.getByRole('button', { name: 'Prove now…' }),
  }
}

export async function openBoard(page: Page): Promise<ReturnType<typeof boardPage>> {
  await page.getByRole('link', { name: 'Restorability' }).click()
  return boardPage(page)
}
