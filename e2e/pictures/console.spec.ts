import { hostPage } from '../pages/hosts.ts'
import { addRepository } from '../pages/repositories.ts'
import { vault } from '../pages/vault.ts'
import { makeWorkspace } from '../pages/workspaces.ts'
import { tellStory } from '../story.ts'
import { expect, test } from './picture.ts'

test.describe('the first start without a keychain', () => {
  test.use({ called: 'locked' })

  test('a passphrase is chosen', { tag: '@pictures' }, async ({ open, picture }) => {
    const { page } = await open({ keychain: false })
    await expect(vault(page).choose).toBeVisible()
    await page.getByRole('textbox', { name: 'Passphrase' }).fill('four words are enough')
    await picture(page, 'passphrase')
  })
})

test.describe('the first start', () => {
  test.use({ called: 'first' })

  test('with nothing set up yet', { tag: '@pictures' }, async ({ app, picture }) => {
    await expect(app.getByRole('button', { name: 'Try it with a sample' })).toBeEnabled()
    await picture(app, 'welcome')
  })
})

test.describe('every day', () => {
  test.use({ called: 'desk' })

  test('the palette, the keys, the settings and the mask', { tag: '@pictures' }, async ({
    app,
    place,
    secrets,
    picture,
  }) => {
    const story = await tellStory(place.path, secrets.use('password of the repository'))
    await addRepository(app, story.answers)
    await hostPage(app).rows.first().waitFor()
    await app.keyboard.press('Control+K')
    await app.getByRole('combobox', { name: 'Go to or do' }).fill('today')
    await expect(app.getByRole('group', { name: 'Snapshots' }).getByRole('option').first()).toBeVisible()
    await picture(app, 'palette')
    await app.keyboard.press('Escape')
    await app.keyboard.press('Shift+?')
    await expect(app.getByRole('list', { name: 'Keys of this page' })).toBeVisible()
    await picture(app, 'keys')
    await app.keyboard.press('Escape')
    await app.getByRole('button', { name: 'Mask for screen sharing' }).click()
    await picture(app, 'masked')
    await app.getByRole('button', { name: 'Stop masking' }).click()
    await app.getByRole('button', { name: 'You', exact: true }).click()
    await app.getByRole('menuitem', { name: 'Settings' }).click()
    await expect(app.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    await picture(app, 'settings', { height: 1500 })
    await makeWorkspace(app, 'laboratories', 'plum')
    await picture(app, 'workspaces')
  })
})
