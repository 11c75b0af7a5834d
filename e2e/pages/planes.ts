import type { Page } from '@playwright/test'

/** The control planes: which there are, and whose backups they can read. */
export function planesPage(page: Page) {
  return {
    switchOn: page.getByRole('button', { name: 'Switch on the one in this console' }),
    connectRepository: page.getByRole('button', { name: 'Connect a repository…' }),
    group: (name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) }),
  }
}

export async function openPlanes(page: Page): Promise<ReturnType<typeof planesPage>> {
  await page.getByRole('link', { name: 'Control planes' }).first().click()
  return planesPage(page)
}

export interface GroupAnswers {
  readonly name: string
  readonly url: string
  readonly username: string
  readonly serverPassword: string
  readonly password: string
}

/** The drawer in which a plane is given a way to read a repository. */
export function connectDrawer(page: Page) {
  const drawer = page.getByRole('dialog', { name: 'Connect a repository' })
  return {
    drawer,
    problem: drawer.getByRole('alert'),
    connect: drawer.getByRole('button', { name: 'Test and connect' }),
    fill: async (answers: GroupAnswers): Promise<void> => {
      await drawer.getByLabel('Name of the group').fill(answers.name)
      await drawer.getByLabel('Address of the repository').fill(answers.url)
      await drawer.getByRole('textbox', { name: 'Password of the repository' }).fill(answers.password)
      await drawer.getByLabel('User at the server').fill(answers.username)
      await drawer.getByRole('textbox', { name: 'Password at the server' }).fill(answers.serverPassword)
    },
  }
}
