import type { Page } from '@playwright/test'
import { bodyRows } from './hosts.ts'

/** The list of hosts. */
export function fleetPage(page: Page) {
  const rows = bodyRows(page.getByRole('grid', { name: 'Hosts' }))
  return { rows, row: (name: string) => rows.filter({ hasText: name }) }
}

/** Go to the list of hosts from wherever one is. */
export async function openFleet(page: Page): Promise<ReturnType<typeof fleetPage>> {
  await page.getByRole('link', { name: 'Hosts' }).first().click()
  return fleetPage(page)
}

/** Open a host's page by its name. */
export async function openHost(page: Page, name: string): Promise<void> {
  const fleet = await openFleet(page)
  await fleet.row(name).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}
