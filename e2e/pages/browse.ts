import type { Locator, Page } from '@playwright/test'

/** The tree of a snapshot, and what is selected in it. */
export function browsePage(page: Page) {
  const tree = page.getByRole('treegrid', { name: 'Files of the snapshot' })
  return {
    tree,
    /** One node by its name as it is shown. */
    row: (name: string) => rowOf(tree, name),
    box: (name: string) => tree.getByRole('checkbox', { name, exact: true }),
    everything: tree.getByRole('checkbox', { name: 'The whole snapshot' }),
    details: page.getByRole('complementary', { name: 'Details' }),
    preview: page.getByRole('button', { name: 'Preview', exact: true }),
    versions: page.getByRole('button', { name: 'Versions…' }),
    count: page.getByRole('button', { name: 'Count', exact: true }),
    /** Stands above the tree while the repository cannot be asked. */
    away: page.getByRole('status').filter({ hasText: 'You see what' }),
    /** Says how much is selected, and leads to the restore of it. */
    restore: page.getByRole('button', { name: /^Restore/ }),
  }
}

function rowOf(tree: Locator, name: string): Locator {
  return tree.getByRole('row').filter({ has: tree.page().getByRole('checkbox', { name, exact: true }) })
}

/** Open directories by name, each inside the one before. */
export async function openDirectories(page: Page, ...names: readonly string[]): Promise<void> {
  const { row } = browsePage(page)
  for (const name of names) await row(name).getByText(name, { exact: true }).click()
}
