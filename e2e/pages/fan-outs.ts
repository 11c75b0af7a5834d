import type { Page } from '@playwright/test'

/** One restore on several hosts: which, what it would do on each, and the word to do it. */
export function severalHostsPage(page: Page) {
  const hosts = page.getByRole('table', { name: 'Hosts to restore on' })
  return {
    /** From the restore page of a host, with what was chosen there. */
    open: page.getByRole('link', { name: 'Restore on several hosts…' }),
    host: (name: string) => hosts.getByRole('row').filter({ hasText: name }),
    choose: (name: string) => hosts.getByRole('checkbox', { name, exact: true }),
    plan: page.getByRole('button', { name: /^Plan on / }),
    start: page.getByRole('button', { name: /^Restore on / }),
  }
}

/** What became of it on each host. */
export function fanOutPage(page: Page) {
  const hosts = page.getByRole('table', { name: 'Outcome on each host' })
  return {
    host: (name: string) => hosts.getByRole('row').filter({ hasText: name }),
    retry: page.getByRole('link', { name: /^Try again on / }),
  }
}
