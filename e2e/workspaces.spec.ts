import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixture.ts'
import { installAgent } from './installed-agent.ts'
import { enrolHost, openEnrolment } from './pages/enrolment.ts'
import { fleetPage, openFleet } from './pages/fleet.ts'
import { makeWorkspace, switchTo, workspaceButton } from './pages/workspaces.ts'

test('two workspaces with a host each: two keys lead from one to the other, and nothing of the former is seen', async ({
  app,
  place,
  provoked,
}) => {
  await using clinic = await installAgent(join(place.path, 'clinic'), '127.0.0.1:0', 'clinics')
  await using laboratory = await installAgent(join(place.path, 'laboratory'), '127.0.0.1:0', 'laboratories')
  await enrolHost(app, await clinic.enrol('admin'), 'clinic-01')
  const clinicAddress = app.url()
  await makeWorkspace(app, 'laboratories', 'plum')

  await switchTo(app, 'lab')
  await expect(workspaceButton(app, 'laboratories')).toBeVisible()
  await expect(app.getByText('No hosts in laboratories yet')).toBeVisible()
  await enrolHost(app, await laboratory.enrol('operator'), 'lab-01')
  await seesOnly(app, 'lab-01', 'clinic-01')

  await test.step('a host of the other one is not let in', async () => {
    const form = await openEnrolment(app)
    await form.line.fill(await clinic.enrol('admin'))
    await form.enrol.click()
    await expect(form.problem).toContainText('This belongs to another workspace')
    await app.keyboard.press('Escape')
    await expect(form.drawer).toBeHidden()
  })

  await test.step('the other one’s address leads to nothing, and is in the audit', async () => {
    provoked.push(/403/)
    await app.goto(clinicAddress)
    await expect(app.getByText('This belongs to another workspace')).toBeVisible()
    await app.getByRole('link', { name: 'Recent restores' }).click()
    await app.getByText('All', { exact: true }).first().click()
    await expect(app.getByText('hosts.get (workspace)')).toBeVisible()
  })

  await switchTo(app, 'this')
  await expect(workspaceButton(app, 'This computer')).toBeVisible()
  await seesOnly(app, 'clinic-01', 'lab-01')

  // A reload stays where the window was.
  await switchTo(app, 'lab')
  await expect(fleetPage(app).row('lab-01')).toBeVisible()
  await app.reload()
  await expect(workspaceButton(app, 'laboratories')).toBeVisible()
  await expect(fleetPage(app).row('lab-01')).toBeVisible()
})

test('two windows work in two workspaces at once', async ({ open, context }) => {
  const { page } = await open()
  await makeWorkspace(page, 'laboratories', 'plum')
  const address = page.url()
  const ticket = await page.evaluate(() => sessionStorage.getItem('ticket'))
  const second = await context.newPage()
  await second.goto(`${new URL(address).origin}/#ticket=${ticket}`)
  await switchTo(second, 'lab')
  await expect(workspaceButton(second, 'laboratories')).toBeVisible()
  await expect(workspaceButton(page, 'This computer')).toBeVisible()
  await page.reload()
  await expect(workspaceButton(page, 'This computer')).toBeVisible()
  await second.close()
})

async function seesOnly(page: Page, own: string, foreign: string): Promise<void> {
  await expect((await openFleet(page)).row(own)).toContainText('connected')
  for (const name of ['Runs', 'Recent restores', 'Search', 'Hosts']) {
    await page.getByRole('link', { name }).first().click()
    await expect(page.getByRole('main')).not.toContainText(foreign)
  }
}
