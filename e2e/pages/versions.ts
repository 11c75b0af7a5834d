import type { Page } from '@playwright/test'

/** The versions of one path, over whatever screen they were opened from. */
export function versionsDrawer(page: Page) {
  const drawer = page.getByRole('dialog', { name: /^Versions of/ })
  return {
    drawer,
    /** Newest first. */
    all: drawer.getByRole('option'),
    chosen: drawer.getByRole('option', { selected: true }),
    show: drawer.getByRole('button', { name: /^Show in tree/ }),
    restore: drawer.getByRole('button', { name: /^Restore this version/ }),
  }
}
