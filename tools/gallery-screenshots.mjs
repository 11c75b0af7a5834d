// Pictures of every scene of the gallery, light and dark, wide and narrow, and what axe finds in them: node tools/gallery-screenshots.mjs FOLDER [PART_OF_A_NAME [WIDTH…]]
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium } from '@playwright/test'
import { build, preview } from 'vite'
import { windowPlugins } from './window-plugins.mjs'

const [, , folder = 'gallery-pictures', part = '', ...widths] = process.argv
const PRESENT = new Date('2026-11-21T14:05:00.000Z')
const WIDTHS = widths.length === 0 ? [1280, 800] : widths.map(Number)
/** Mantine's drawer has a header of its own, which counts as another of the page's. */
const NOT_OURS = ['landmark-no-duplicate-banner', 'landmark-unique']

await mkdir(folder, { recursive: true })
const outDir = await mkdtemp(join(tmpdir(), 'gallery-'))
const root = resolve(import.meta.dirname, '../renderer/gallery')
await build({
  configFile: false,
  root,
  plugins: windowPlugins(),
  build: { outDir, emptyOutDir: true },
  logLevel: 'error',
})
const server = await preview({ configFile: false, root, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } })
const address = server.resolvedUrls?.local[0]
if (address === undefined) throw new Error('the gallery is not served')
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  chromiumSandbox: process.getuid?.() !== 0,
})
let troubles = 0

try {
  const names = await sceneNames(address)
  for (const scheme of ['light', 'dark']) for (const width of WIDTHS) await takeAll(address, { names, scheme, width })
} finally {
  await browser.close()
  await server.close()
  await rm(outDir, { recursive: true })
}
process.exitCode = troubles === 0 ? 0 : 1

/** @param {string} trouble */
function tell(trouble) {
  troubles += 1
  process.stderr.write(`${trouble}\n`)
}

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
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
  })
  const page = await context.newPage()
  let name = ''
  page.on('pageerror', (error) => tell(`${name} ${scheme} ${width}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') tell(`${name} ${scheme} ${width}: ${message.text()}`)
  })
  await page.clock.install({ time: PRESENT })
  for (name of names) {
    await page.goto(`${gallery}?screen=${name}&scheme=${scheme}`)
    await page.locator('#root[data-ready]').waitFor({ timeout: 15_000 })
    await page.waitForTimeout(400)
    await page.screenshot({ path: join(folder, `${name}-${width}-${scheme}.png`) })
    const { violations } = await new AxeBuilder({ page }).disableRules(NOT_OURS).analyze()
    for (const { id, nodes } of violations)
      tell(`${name} ${scheme} ${width}: ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
  }
  await context.close()
}
