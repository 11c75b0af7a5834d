import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { openInBrowser } from '../../e2e/launch/browser.ts'
import type { ConsoleOptions } from '../../e2e/launch/running-console.ts'
import { browsePage } from '../../e2e/pages/browse.ts'
import { hostPage } from '../../e2e/pages/hosts.ts'
import { addRepository } from '../../e2e/pages/repositories.ts'
import { restorePage } from '../../e2e/pages/restore.ts'
import { runPage } from '../../e2e/pages/runs.ts'
import { tellStory } from '../../e2e/story.ts'
import { seedConsole } from '../../test/seed-console.ts'

/** A console that has been used for a year: eight hosts, seven of them away, 10,000 restores, a repository of four nights. */
export interface World {
  readonly options: ConsoleOptions
  /** A repository that restic can be asked about too. */
  readonly repository: { readonly url: string; readonly password: string }
  /** Of the page of a run that was carried out here, behind the `#`. */
  readonly runAddress: string
}

const HOSTS = ['db-01', 'db-02', 'files-north', 'web-01', 'web-02', 'mail-01', 'pacs-archive'] as const
const RESTORES = 10_000
const DAYS = 400
/** Files in one folder. */
export const LARGE = { name: 'large', files: 5_000 } as const

/** A new console's folders below this one. */
export function freshOptions(directory: string): ConsoleOptions {
  const [dataDirectory, stagingDirectory] = [join(directory, 'data'), join(directory, 'staging')]
  for (const folder of [dataDirectory, stagingDirectory]) mkdirSync(folder, { mode: 0o700, recursive: true })
  return { dataDirectory, stagingDirectory }
}

/** Make it as it would have come about: seeded, a repository added and a restore carried out in a window. */
export async function makeWorld(browser: Browser, directory: string): Promise<World> {
  const options = freshOptions(directory)
  seedConsole(options.dataDirectory, { hosts: HOSTS, restores: RESTORES, days: DAYS })
  const many = Array.from({ length: LARGE.files }, (_, at) => [`${LARGE.name}/${String(at).padStart(5, '0')}.txt`, ''])
  const { answers } = await tellStory(join(directory, 'story'), 'a password of the bench', Object.fromEntries(many))
  await using context = await browser.newContext()
  await using console = await openInBrowser(context, options)
  const { page } = console
  await page.getByRole('grid', { name: 'Hosts' }).getByText('this computer').first().click()
  await addRepository(page, answers)
  const runAddress = await restoreSomething(page)
  return { options, repository: answers, runAddress }
}

async function restoreSomething(page: Page): Promise<string> {
  await hostPage(page).rows.first().click()
  await browsePage(page).box('etc').click()
  await browsePage(page).restore.click()
  await restorePage(page).start.click()
  await runPage(page)
    .verdict(/^succeeded/)
    .waitFor()
  return new URL(page.url()).hash.slice(1)
}
