// Pictures of every scene of the gallery, light and dark, wide and narrow: node tools/gallery-screenshots.mjs FOLDER [PART_OF_A_NAME]
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { chromium } from '@playwright/test'
import react from '@vitejs/plugin-react'
import { createServer } from 'vite'

const [, , folder = 'gallery-pictures', part = ''] = process.argv
const PRESENT = new Date('2026-11-21T14:05:00.000Z')
const WIDTHS = [1280, 800]

await mkdir(folder, { recursive: true })
const server = await createServer({
  configFile: false,
  root: resolve(import.meta.dirname, '../renderer/gallery'),
  plugins: [react()],
  server: { port: 0, host: '127.0.0.1', fs: { allow: [resolve(import.meta.dirname, '..')] } },
  cacheDir: resolve(import.meta.dirname, '../node_modules/.cache/gallery'),
  logLevel: 'error',
})
await server.listen()
const address = server.resolvedUrls?.local[0]
if (address === undefined) throw new Error('the gallery is not served')
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  chromiumSandbox: process.getuid?.() !== 0,
})
const troubles = []

try {
  const names = await sceneNames()
  for (const scheme of ['light', 'dark'])
    for (const width of WIDTHS) for (const name of names) await take(name, scheme, width)
} finally {
  await browser.close()
  await server.close()
}
for (const trouble of troubles) console.error(trouble)
process.exitCode = troubles.length === 0 ? 0 : 1

async function sceneNames() {
  const page = await browser.newPage()
  await page.goto(address)
  const links = page.locator('li > a:first-child')
  await links.first().waitFor()
  const names = await links.allTextContents()
  await page.close()
  return names.filter((name) => name.includes(part))
}

/** @param {string} name @param {string} scheme @param {number} width */
async function take(name, scheme, width) {
  const page = await browser.newPage({ viewport: { width, height: 800 }, reducedMotion: 'reduce', timezoneId: 'UTC' })
  page.on('pageerror', (error) => troubles.push(`${name} ${scheme} ${width}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`${name} ${scheme} ${width}: ${message.text()}`)
  })
  await page.clock.install({ time: PRESENT })
  await page.goto(`${address}?screen=${name}&scheme=${scheme}`)
  await page.locator('#root[data-ready]').waitFor({ timeout: 15_000 })
  await page.waitForTimeout(500)
  await page.screenshot({ path: join(folder, `${name}-${width}-${scheme}.png`) })
  await page.close()
}
