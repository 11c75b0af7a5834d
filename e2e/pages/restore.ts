import type { Page } from '@playwright/test'

/** The three sections of a restore. */
export function restorePage(page: Page) {
  return {
    wholeSnapshot: page.getByRole('button', { name: 'Take the whole snapshot' }),
    freshFolder: page.getByRole('radio', { name: 'A fresh folder' }),
    chosenFolder: page.getByRole('radio', { name: 'A folder of this computer' }),
    inPlace: page.getByRole('radio', { name: 'In place' }),
    folder: page.getByRole('textbox', { name: 'Folder' }),
    start: page.getByRole('button', { name: 'Restore', exact: true }),
    problem: page.getByRole('alert'),
    openBusyRun: page.getByRole('link', { name: 'Open it' }),
  }
}
