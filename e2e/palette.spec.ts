import { expect, test } from './fixture.ts'
import { hostPage } from './pages/hosts.ts'
import { addRepository } from './pages/repositories.ts'
import { tellStory } from './story.ts'

test('by keys alone to a snapshot of today, to a search in files, and with keys of one’s own', async ({
  app,
  place,
  secrets,
}) => {
  const story = await tellStory(place.path, secrets.use('password of the repository'))
  await addRepository(app, story.answers)
  await hostPage(app).rows.first().waitFor()
  const field = app.getByRole('combobox', { name: 'Go to or do' })
  const find = async (text: string): Promise<void> => {
    await app.keyboard.press('Control+K')
    await field.fill(text)
  }

  await test.step('a day finds the snapshots that were made on it', async () => {
    await find('today')
    await expect(app.getByRole('group', { name: 'Snapshots' }).getByRole('option').first()).toBeVisible()
    await app.keyboard.press('Enter')
    await expect(app.getByRole('treegrid')).toBeVisible()
  })
  await test.step('what nothing is called is looked for in files', async () => {
    await find('notes.txt')
    await app.getByRole('option', { name: /^Search files for/ }).click()
    await expect(app.getByRole('row', { name: /notes\.txt/ }).first()).toBeVisible()
  })
  await test.step('another key is chosen, and stays chosen when the page is loaded anew', async () => {
    await find('settings')
    await app.keyboard.press('Enter')
    const change = app.getByRole('button', { name: /^Change the keys for find anything/ })
    await change.click()
    await app.keyboard.press('Control+J')
    await expect(change).toContainText('J')
    await app.reload()
    await expect(change).toContainText('J')
    await app.keyboard.press('Control+J')
    await expect(field).toBeVisible()
    await app.keyboard.press('Escape')
    await expect(field).toBeHidden()
  })
  await test.step('names are masked with one key', async () => {
    await app.keyboard.press('Alt+M')
    await expect(app.getByRole('button', { name: 'Stop masking' })).toBeVisible()
  })
})
