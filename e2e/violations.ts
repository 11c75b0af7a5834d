import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './fixture.ts'

// A drawer's own <header> is no landmark inside its dialog; axe takes it for a second banner.
const MISTAKEN = ['landmark-no-duplicate-banner', 'landmark-unique']

/** What axe finds on the screen as it is, by rule and element. */
export async function expectNoViolations(page: Page, screen: string): Promise<void> {
  // A tooltip that hangs at the pointer is no part of the screen.
  await page.mouse.move(0, 0)
  await expect(page.getByRole('tooltip')).toHaveCount(0)
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).disableRules(MISTAKEN).analyze()
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
  expect(found, `violations on the screen: ${screen}`).toEqual([])
}
