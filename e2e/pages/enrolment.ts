import type { Page } from '@playwright/test'

/** The drawer in which a host is enrolled, with a line of its agent or through ssh. */
export function enrolmentForm(page: Page) {
  const drawer = page.getByRole('dialog', { name: 'Enrol a host' })
  return {
    drawer,
    line: drawer.getByRole('textbox', { name: 'Line' }),
    name: drawer.getByRole('textbox', { name: 'Name' }),
    /** What the line makes one trust, said before anything is sent. */
    facts: drawer.getByText('What you are about to trust'),
    enrol: drawer.getByRole('button', { name: 'Enrol', exact: true }),
    throughSsh: drawer.getByText('Through ssh', { exact: true }),
    destination: drawer.getByRole('textbox', { name: 'Destination' }),
    connect: drawer.getByRole('button', { name: 'Connect' }),
    /** Why it was refused, and what to do. */
    problem: drawer.getByRole('alert'),
  }
}

/** Open the drawer from the first screen or from the fleet. */
export async function openEnrolment(page: Page): Promise<ReturnType<typeof enrolmentForm>> {
  await page.getByRole('button', { name: 'Enrol a host…' }).click()
  return enrolmentForm(page)
}

/** Enrol with a line, as an operator does; the host's page opens. */
export async function enrolHost(page: Page, line: string, name: string): Promise<void> {
  const form = await openEnrolment(page)
  await form.line.fill(line)
  await form.name.fill(name)
  await form.enrol.click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}
