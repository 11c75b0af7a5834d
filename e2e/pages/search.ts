import type { Locator, Page } from '@playwright/test'

/** The search: what is asked for, and what was found. */
export function searchPage(page: Page) {
  const found = page.getByRole('treegrid', { name: 'What was found' })
  return {
    text: page.getByRole('textbox', { name: 'Search for' }),
    found,
    /** Rows of what was found: places, paths and the versions of an open path. */
    rows: found.getByRole('row').filter({ has: page.getByRole('gridcell') }),
    row: (name: string) => rowOf(found, name),
    least: page.getByRole('textbox', { name: 'Size at least' }),
    stop: page.getByRole('button', { name: 'Stop', exact: true }),
    /** What came of it: `12 paths`, `Nothing found` … */
    outcome: page.getByRole('search').getByRole('status').first(),
    /** Where to look: `This snapshot`, `This repository`, `All hosts`. */
    look: (where: string) => page.getByRole('radiogroup', { name: 'Where to look' }).getByText(where).click(),
    /** How the text is meant: `Text`, `Glob`, `Regular expression`. */
    mean: (how: string) => page.getByRole('radiogroup', { name: 'How it is meant' }).getByText(how).click(),
    /** Look for this type too; for all while none is chosen. */
    narrowTo: (type: string) =>
      page
        .getByRole('group', { name: /^Types/ })
        .getByText(type, { exact: true })
        .click(),
  }
}

function rowOf(found: Locator, name: string): Locator {
  return found.getByRole('row').filter({ has: found.page().getByTitle(name, { exact: true }) })
}
