import type { Page } from '@playwright/test'

/** The restore page: what, where, what becomes of what is there, the plan, and the word to do it. */
export function restorePage(page: Page) {
  const plan = page.getByRole('grid', { name: 'Items of the plan' })
  return {
    ...what(page),
    freshFolder: page.getByRole('radio', { name: 'A fresh folder' }),
    chosenFolder: page.getByRole('radio', { name: 'A folder of this computer' }),
    /** The same, on a host by its name. */
    folderOn: (host: string) => page.getByRole('radio', { name: `A folder on ${host}`, exact: true }),
    inPlace: page.getByRole('radio', { name: 'In place' }),
    folder: page.getByRole('textbox', { name: 'Folder' }),
    wholePath: page.getByRole('radio', { name: 'With the whole path' }),
    selectedOnly: page.getByRole('radio', { name: 'Only what was selected' }),
    conflicts: page.getByRole('radiogroup', { name: 'If a file is already there' }),
    /** One of the five: `Keep both`. */
    conflict: (label: string) => page.getByRole('radio', { name: label, exact: true }),
    deleteExtra: page.getByRole('checkbox', { name: 'Delete what is not in the snapshot' }),
    readBack: page.getByRole('checkbox', { name: 'Read back and compare' }),
    checks: page.getByRole('complementary', { name: 'Checks' }),
    planAgain: page.getByRole('button', { name: 'Plan again' }),
    showItems: page.getByRole('button', { name: 'Show the items' }),
    /** The table; into a fresh folder `showItems` has to be pressed first. */
    plan,
    planned: (path: string) => plan.getByRole('row').filter({ hasText: path }),
    planFilter: page.getByRole('textbox', { name: 'Filter the plan' }),
    /** `delete`, `update`, …: how many are said in the same place. */
    planView: (word: string) => page.getByRole('radiogroup', { name: 'Which items' }).getByText(word),
    exportPlan: page.getByRole('button', { name: 'Export plan…' }),
    start: page.getByRole('button', { name: 'Restore', exact: true }),
    ...inPlaceConfirmation(page),
    problem: page.getByRole('alert'),
    lookAtNewPlan: page.getByRole('button', { name: 'Look at the new plan' }),
    openBusyRun: page.getByRole('link', { name: 'Open it' }),
  }
}

function what(page: Page) {
  return {
    wholeSnapshot: page.getByRole('button', { name: 'Take the whole snapshot' }),
    /** Takes a time, a tag, an id or a moment: choose among what it offers, by `offered`. */
    snapshot: page.getByRole('combobox', { name: 'Snapshot' }),
    offered: (text: string | RegExp) => page.getByRole('option', { name: text }),
    /** What is taken from one snapshot, by a part of its time. */
    from: (time: string) => page.getByRole('region', { name: new RegExp(`^From .*${time}`) }),
    takeOut: (path: string) => page.getByRole('button', { name: `Take out ${path}`, exact: true }),
    takeSame: page.getByRole('button', { name: /^Take the same / }),
    /** One for each of two versions of a path. */
    drop: page.getByRole('button', { name: /^Drop that of / }),
  }
}

function inPlaceConfirmation(page: Page) {
  return {
    hostName: page.getByRole('textbox', { name: /^Type / }),
    reason: page.getByRole('textbox', { name: 'Why' }),
    safetySnapshot: page.getByRole('checkbox', { name: 'Take a safety snapshot first' }),
    startInPlace: page.getByRole('button', { name: 'Restore in place' }),
  }
}

/** The way to the restore of all that is selected, in the tree and in the search. */
export function basketChip(page: Page) {
  return page.getByRole('link', { name: /^Basket · / })
}
