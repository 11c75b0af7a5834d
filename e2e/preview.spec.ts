import { expect, test } from './fixture.ts'
import { openAudit } from './pages/audit.ts'
import { browsePage, openDirectories } from './pages/browse.ts'
import { hostPage } from './pages/hosts.ts'
import { previewDrawer } from './pages/preview.ts'
import { addRepository } from './pages/repositories.ts'
import { tellStory } from './story.ts'

/** One red pixel. */
const RED_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
)
/** Says so in the page if anything of it is ever run or fetched. */
const ALARM = '(self.alarm=1)'

const FILES = {
  'look/empty.txt': '',
  'look/huge.log': `${'a line of a log that is long\n'.repeat(20_000)}`,
  'look/huge.png': Buffer.concat([RED_PIXEL, Buffer.alloc(4 * 2 ** 20)]),
  'look/page.html': `<img src="/alarm.png" onerror="${ALARM}"><script>${ALARM}</script><a href="javascript:${ALARM}">go</a>\n`,
  'look/photo.png': RED_PIXEL,
  'look/picture.svg': `<svg xmlns="http://www.w3.org/2000/svg" onload="${ALARM}"><script>${ALARM}</script></svg>\n`,
  'look/program': Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]),
  // It reads as a comment to a person, and as a command to a program: CVE-2021-42574.
  'look/trojan.sh': 'if true; then \u202e# admin\u2066 only\u2069\n\u001b[2Jrm -rf /\n',
} as const

test('a file is shown as what it is, nothing in it is ever run, and each look is written down', async ({
  app,
  place,
  secrets,
}) => {
  const story = await tellStory(place.path, secrets.use('password of the repository'), FILES)
  const asked: string[] = []
  app.on('request', (request) => asked.push(request.url()))
  await addRepository(app, story.answers)
  await hostPage(app).rows.first().click()
  await openDirectories(app, 'look')
  const [browse, preview] = [browsePage(app), previewDrawer(app)]
  const look = async (name: string, see: () => Promise<void>): Promise<void> => {
    await test.step(name, async () => {
      await browse.row(name).getByRole('gridcell').last().click()
      await browse.preview.click()
      await see()
      await preview.close.click()
      await expect(preview.drawer).toBeHidden()
      await expect(browse.row(name)).toBeFocused()
    })
  }

  await look('empty.txt', () => expect(preview.drawer).toContainText('The file is empty'))
  await look('huge.log', async () => {
    await expect(preview.drawer).toContainText('first 256 KiB of 566 KiB shown')
    await expect(preview.content).toContainText('a line of a log that is long')
  })
  await look('huge.png', () => expect(preview.drawer).toContainText('Images of up to 4.00 MiB can be shown'))
  await look('photo.png', async () => {
    await expect(preview.image).toBeVisible()
    expect(await preview.image.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)
  })
  await look('program', async () => {
    await expect(preview.content).toContainText('7f 45 4c 46')
  })
  await look('page.html', () => expect(preview.content).toContainText(FILES['look/page.html'].trim()))
  await look('picture.svg', async () => {
    await expect(preview.content).toContainText(FILES['look/picture.svg'].trim())
    await expect(preview.image).toHaveCount(0)
  })
  await look('trojan.sh', async () => {
    await expect(preview.content).toContainText('\\u202e# admin\\u2066 only\\u2069')
    await expect(preview.content).toContainText('^[[2Jrm -rf /')
  })
  expect(await app.evaluate(() => 'alarm' in self)).toBe(false)
  expect(asked.filter((url) => url.includes('alarm'))).toEqual([])

  await test.step('in the audit', async () => {
    const audit = await openAudit(app)
    await audit.show('Previews')
    // A file of no bytes was not read.
    await expect(audit.previews).toHaveCount(Object.keys(FILES).length - 1)
    await expect(audit.previews.filter({ hasText: '/look/trojan.sh' })).toContainText('done')
    await app.reload()
    await audit.show('Previews')
    await expect(audit.previews).toHaveCount(Object.keys(FILES).length - 1)
  })
})
