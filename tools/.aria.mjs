import { chromium } from '@playwright/test'
import { serveGallery, showScene, standStill } from '../e2e/gallery-server.ts'
await using gallery = await serveGallery()
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', chromiumSandbox: false })
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
await standStill(page)
for (const name of process.argv.slice(2)) {
  await showScene(page, gallery, { name, asked: { scheme: 'light' } })
  await page.waitForTimeout(500)
  console.log(`===== ${name}: ${await page.title()}; focus: ${await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120))}`)
  console.log(await page.locator('body').ariaSnapshot())
}
await browser.close()
process.exit(0)
