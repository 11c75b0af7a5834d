import type { Locator, Page } from '@playwright/test'

/** What differs between two snapshots, or between one and the host now, and the drawer with one path on both sides. */
export function comparePage(page: Page) {
  const tree = page.getByRole('treegrid', { name: 'What differs' })
  const drawer = page.getByRole('dialog').filter({ has: page.getByRole('tab', { name: 'Metadata' }) })
  return {
    tree,
    /** One path by its name as it is shown. */
    row: (name: string): Locator => tree.getByRole('row').filter({ has: page.getByText(name, { exact: true }) }),
    earlier: page.getByRole('combobox', { name: 'Earlier side' }),
    later: page.getByRole('combobox', { name: 'Later side' }),
    filter: page.getByLabel('Filter changed paths'),
    changedPaths: page.getByRole('grid', { name: 'Changed paths' }),
    progress: page.getByRole('status').filter({ hasText: /bytes|KiB|Comparing|B$/i }),
    details: page.getByRole('complementary', { name: 'Details' }),
    drawer,
    difference: drawer.getByRole('region', { name: 'The difference' }),
    allThree: drawer.getByRole('region', { name: 'The difference of all three' }),
    compareContent: page.getByRole('button', { name: 'Compare content' }),
    metadata: drawer.getByRole('tab', { name: 'Metadata' }),
    record: drawer.getByRole('region', { name: 'Metadata of both sides' }),
    asRun: page.getByRole('button', { name: 'Compare as a run' }),
  }
}
