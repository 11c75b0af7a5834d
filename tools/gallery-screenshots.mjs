// Pictures of every scene of the gallery, light and dark, wide and narrow: node tools/gallery-screenshots.mjs FOLDER [PART_OF_A_NAME]
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from '@playwright/test'
import react from '@vitejs/plugin-react'
import { build, preview } from 'vite'

const [, , folder = 'gallery-pictures', part = ''] = process.argv
const PRESENT = new Date('2026-11-21T14:05:00.000Z')
const WIDTHS = [1280, 800]

await mkdir(folder, { recursive: true })
const outDir = await mkdtemp(join(tmpdir(), 'gallery-'))
const root = resolve(import.meta.dirname, '../renderer/gallery')
await build({ configFile: false, root, plugins: [react()], build: { outDir, emptyOutDir: true }, logLevel: 'error' })
const server = await preview({ configFile: false, root, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } })
const address = server.resolvedUrls?.local[0]
if (address === undefined) throw new Error('the gallery is not served')
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  chromiumSandbox: process.getuid?.() !== 0,
})
/** @type {string[]} */
const troubles = []

try {
  const names = await sceneNames(address)
  for (const scheme of ['light', 'dark']) for (const width of WIDTHS) await takeAll(address, { names, scheme, width })
} finally {
  await browser.close()
  await server.close()
  await rm(outDir, { recursive: true })
}
for (const trouble of troubles) console.error(trouble)
process.exitCode = troubles.length === 0 ? 0 : 1

/** @param {string} gallery */
async function sceneNames(gallery) {
  const page = await browser.newPage()
  await page.goto(gallery)
  const links = page.locator('li > a:first-child')
  await links.first().waitFor()
  const names = await links.allTextContents()
  await page.close()
  return names.filter((name) => name.includes(part))
}

/**
 * @param {string} gallery
 * @param {{ names: readonly string[], scheme: string, width: number }} what
 */
async function takeAll(gallery, { names, scheme, width }) {
  const page = await browser.newPage({ viewport: { width, height: 800 }, reducedMotion: 'reduce', timezoneId: 'UTC' })
  let name = ''
  page.on('pageerror', (error) => troubles.push(`${name} ${scheme} ${width}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`${name} ${scheme} ${width}: ${message.text()}`)
  })
  await page.clock.install({ time: PRESENT })
  for (name of names) {
    await page.goto(`${gallery}?screen=${name}&scheme=${scheme}`)
    await page.locator('#root[data-ready]').waitFor({ timeout: 15_000 })
    await page.waitForTimeout(400)
    await page.screenshot({ path: join(folder, `${name}-${width}-${scheme}.png`) })
  }
  await page.close()
}
