import type { Locator, Page } from '@playwright/test'
import { bodyRows } from './hosts.ts'

/** What should be restorable, and how it stands. */
export function replicasPage(page: Page) {
  const rows = bodyRows(page.getByRole('grid', { name: 'Replicas' }))
  return {
    rows,
    row: (name: string) => rows.filter({ hasText: name }),
    filter: page.getByLabel('Filter replicas'),
    attention: page.getByRole('button', { name: /^Needs attention/ }),
    all: page.getByRole('button', { name: /^All/ }),
    declare: page.getByRole('button', { name: 'Declare a replica…' }),
    declareFirst: page.getByRole('button', { name: 'Declare the first one…' }),
    disabling: page.getByRole('dialog', { name: /^Disable / }),
  }
}

export async function openReplicas(page: Page): Promise<ReturnType<typeof replicasPage>> {
  await page.getByRole('link', { name: 'Replicas', exact: true }).click()
  return replicasPage(page)
}

/** The drawer of one replica. */
export function replicaDrawer(page: Page, name: string | RegExp) {
  const drawer = page.getByRole('dialog', { name, exact: true })
  return {
    drawer,
    said: drawer.getByRole('group', { name: 'What the consumer said' }),
    machines: drawer.getByRole('table', { name: 'Machines' }),
    history: drawer.getByRole('table', { name: 'Verifications' }),
    edit: drawer.getByRole('button', { name: 'Edit…' }),
    delete: drawer.getByRole('button', { name: 'Delete…' }),
    close: drawer.getByRole('button', { name: 'Close' }),
  }
}

/** What asks for the name before a replica is deleted. */
export function deleteDialog(page: Page, name: string) {
  const dialog = page.getByRole('dialog', { name: `Delete ${name}` })
  return {
    name: dialog.getByLabel(`Type ${name}`),
    confirm: dialog.getByRole('button', { name: `Delete ${name}` }),
  }
}

/** The form in which a replica is declared, or changed. */
export function declarationForm(page: Page, title: string) {
  const drawer = page.getByRole('dialog', { name: title })
  return {
    drawer,
    preview: drawer.getByRole('complementary', { name: 'What it would come to' }),
    field: (label: string) => drawer.getByRole('textbox', { name: label, exact: true }),
    choose: (label: string, option: string) => choose(page, drawer, { label, option }),
    declare: drawer.getByRole('button', { name: 'Declare it' }),
    save: drawer.getByRole('button', { name: 'Save the change' }),
    changedMeanwhile: drawer.getByRole('alert'),
  }
}

async function choose(
  page: Page,
  drawer: Locator,
  { label, option }: { readonly label: string; readonly option: string },
): Promise<void> {
  await drawer.getByRole('combobox', { name: label, exact: true }).click()
  await page.getByRole('option', { name: option }).click()
}
