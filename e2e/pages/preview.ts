import type { Page } from '@playwright/test'

/** What is in a file, over whatever screen it was opened from. */
export function previewDrawer(page: Page) {
  const drawer = page.getByRole('dialog').filter({ hasText: 'Looking into a file is recorded' })
  return {
    drawer,
    content: drawer.getByRole('region', { name: 'What is in the file' }).or(drawer.locator('pre')),
    image: drawer.getByRole('img', { name: /image$/ }),
    close: drawer.getByRole('button', { name: 'Close' }),
  }
}
