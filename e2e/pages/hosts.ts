import type { Locator, Page } from '@playwright/test'

/** A host's page: its repositories, the snapshots of the open one, what was restored there. */
export function hostPage(page: Page) {
  const snapshots = page.getByRole('grid', { name: /snapshots/i })
  return {
    snapshots,
    /** Rows of snapshots, newest first. */
    rows: bodyRows(snapshots),
    filter: page.getByLabel('Filter snapshots'),
    repository: (name: string) => page.getByRole('tab', { name }),
    recentRestores: bodyRows(page.getByRole('grid', { name: 'Recent restores of this host' })),
    /** The button of a row that leads to the restore from that snapshot. */
    restore: (row: Locator) => row.getByRole('button', { name: 'Restore…' }),
  }
}

/** The rows of a table without its header. */
export function bodyRows(table: Locator): Locator {
  return table.getByRole('row').filter({ has: table.page().getByRole('gridcell') })
}
