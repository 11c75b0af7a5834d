import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { seedConsole } from '../../test/seed-console.ts'
import { openAudit, openBoard } from '../pages/audit.ts'
import { openFleet } from '../pages/fleet.ts'
import { hostPage } from '../pages/hosts.ts'
import { addRepository } from '../pages/repositories.ts'
import { restorePage } from '../pages/restore.ts'
import { runPage } from '../pages/runs.ts'
import { tellStory } from '../story.ts'
import { expect, test } from './picture.ts'

test.describe('the audit', () => {
  test.use({ called: 'audit' })

  test('who restored what', { tag: '@pictures' }, async ({ open, place, picture }) => {
    // Looked at where much was restored.
    seedConsole(place.dataDirectory, { hosts: ['db-01', 'db-02', 'files-north', 'web-01'], restores: 400, days: 88 })
    const { page } = await open()
    const audit = await openAudit(page)
    await expect(audit.restores.nth(2)).toBeVisible()
    await picture(page, 'audit')
  })
})

test.describe('the board', () => {
  test.use({ called: 'board' })

  test('whether it can be restored', { tag: '@pictures' }, async ({ app, place, secrets, picture }) => {
    const password = secrets.use('password of the repository')
    for (const name of ['files', 'mail', 'web']) {
      const { answers } = await tellStory(join(place.path, name), password)
      await openFleetOrWelcome(app)
      await addRepository(app, { ...answers, name })
      await expect(hostPage(app).rows).toHaveCount(4)
    }
    await restoreAll(app, 'web')
    await expect(runPage(app).verdict(/^succeeded/)).toBeVisible()
    await restoreAll(app, 'mail', () => damage(join(place.path, 'mail', 'repository', 'data')))
    await expect(runPage(app).verdict(/^(failed|partial)/)).toBeVisible()
    const board = await openBoard(app)
    await expect(board.rows).toHaveCount(3)
    await expect(board.rows.first()).toContainText('failed')
    await picture(app, 'restorability')
    await board.rows.first().press('Enter')
    await expect(board.proveNow).toBeVisible()
    await picture(app, 'proof')
  })
})

async function openFleetOrWelcome(page: Page): Promise<void> {
  const fleet = await openFleet(page)
  const add = page.getByRole('button', { name: 'Add a repository…' })
  await add.or(fleet.rows.first()).first().waitFor()
  if (await add.isHidden()) await fleet.rows.first().click()
}

/** Restore the newest snapshot of a repository to a fresh folder; `meanwhile` once it is planned. */
async function restoreAll(page: Page, repository: string, meanwhile: () => void = () => undefined): Promise<void> {
  const host = hostPage(page)
  await openFleetOrWelcome(page)
  await host.repository(repository).click()
  await host.restore(host.rows.first()).click()
  await restorePage(page).wholeSnapshot.click()
  await expect(restorePage(page).start).toBeEnabled()
  meanwhile()
  await restorePage(page).start.click()
}

/** As a disk that has gone bad: the packs are as large as before, and hold nothing of what they held. */
function damage(packs: string): void {
  for (const entry of readdirSync(packs, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile()) writeFileSync(path, Buffer.alloc(statSync(path).size))
  }
}
