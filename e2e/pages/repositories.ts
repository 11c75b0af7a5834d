import type { Locator, Page } from '@playwright/test'

export interface RepositoryAnswers {
  readonly url: string
  readonly username?: string
  readonly serverPassword?: string
  readonly password: string
  readonly name?: string
}

/** The drawer in which a repository is tested and kept. */
export function repositoryForm(page: Page) {
  const drawer = page.getByRole('dialog', { name: /^Add a repository of / })
  return {
    drawer,
    test: drawer.getByRole('button', { name: 'Test', exact: true }),
    save: drawer.getByRole('button', { name: 'Save' }),
    initialise: drawer.getByRole('button', { name: 'Initialise a new repository here' }),
    /** What the last test said, beside the buttons. */
    result: drawer.getByRole('status'),
    /** Why it failed, and what to do. */
    problem: drawer.getByRole('alert'),
    fill: (answers: RepositoryAnswers) => fill(drawer, answers),
  }
}

/** Open the drawer from the first screen or from a host's page. */
export async function openRepositoryForm(page: Page): Promise<ReturnType<typeof repositoryForm>> {
  await page.getByRole('button', { name: 'Add a repository…' }).first().click()
  return repositoryForm(page)
}

async function fill(drawer: Locator, answers: RepositoryAnswers): Promise<void> {
  await drawer.getByLabel('Address').fill(answers.url)
  if (answers.username !== undefined) await drawer.getByLabel('User of the REST server').fill(answers.username)
  if (answers.serverPassword !== undefined) {
    await drawer.getByRole('textbox', { name: 'Password of the REST server' }).fill(answers.serverPassword)
  }
  await drawer.getByRole('textbox', { name: 'Password of the repository' }).fill(answers.password)
  if (answers.name !== undefined) await drawer.getByLabel('Name').fill(answers.name)
}

/** Add a repository as an operator does: fill, test, save; the host's page opens. */
export async function addRepository(page: Page, answers: RepositoryAnswers): Promise<void> {
  const form = await openRepositoryForm(page)
  await form.fill(answers)
  await form.test.click()
  await form.save.click()
  await form.drawer.waitFor({ state: 'hidden' })
}
