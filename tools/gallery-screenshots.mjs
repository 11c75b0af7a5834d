// Pictures of scenes of the gallery, and what axe and a look for cut text find in them: node tools/gallery-screenshots.mjs FOLDER [PART_OF_A_NAME [WIDTH…]]
// with --scheme light|dark, --font 90…150, --contrast more, --forced-colors, --greyscale, --masked, --lang xx, --motion, --sheets (twelve to a picture), --no-axe
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium } from '@playwright/test'
import { findClipped } from '../e2e/clipped.ts'
import { sceneNames, serveGallery, showScene, standStill } from '../e2e/gallery-server.ts'

const { values: wanted, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    scheme: { type: 'string', multiple: true, default: ['light', 'dark'] },
    font: { type: 'string', multiple: true, default: ['100'] },
    contrast: { type: 'string' },
    'forced-colors': { type: 'boolean', default: false },
    greyscale: { type: 'boolean', default: false },
    masked: { type: 'boolean', default: false },
    lang: { type: 'string' },
    motion: { type: 'boolean', default: false },
    sheets: { type: 'boolean', default: false },
    'no-axe': { type: 'boolean', default: false },
  },
})
const [folder = 'gallery-pictures', part = '', ...widths] = positionals
const WIDTHS = widths.length === 0 ? [1280, 800] : widths.map(Number)
const PER_SHEET = 12
/** Mantine's drawer has a header of its own, which counts as another of the page's. */
const NOT_OURS = ['landmark-no-duplicate-banner', 'landmark-unique']

await mkdir(folder, { recursive: true })
await using gallery = await serveGallery()
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  chromiumSandbox: process.getuid?.() !== 0,
})
let troubles = 0

try {
  const names = (await sceneNames(browser, gallery)).filter((name) => new RegExp(part).test(name))
  for (const scheme of wanted.scheme)
    for (const width of WIDTHS) for (const font of wanted.font) await takeAll(names, { scheme, width, font })
} finally {
  await browser.close()
}
process.exitCode = troubles === 0 ? 0 : 1

/** @param {string} trouble */
function tell(trouble) {
  troubles += 1
  process.stderr.write(`${trouble}\n`)
}

/**
 * @param {readonly string[]} names
 * @param {{ scheme: string, width: number, font: string }} look
 */
async function takeAll(names, { scheme, width, font }) {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    reducedMotion: wanted.motion ? 'no-preference' : 'reduce',
    forcedColors: wanted['forced-colors'] ? 'active' : 'none',
    timezoneId: 'UTC',
    locale: 'en-GB',
  })
  const page = await context.newPage()
  const as = `${width}${font === '100' ? '' : `-${font}%`}-${scheme}`
  let name = ''
  page.on('pageerror', (error) => tell(`${name} ${as}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') tell(`${name} ${as}: ${message.text()}`)
  })
  await standStill(page)
  const asked = {
    scheme,
    font,
    ...(wanted.contrast === undefined ? {} : { contrast: wanted.contrast }),
    ...(wanted.lang === undefined ? {} : { lang: wanted.lang }),
    ...(wanted.masked ? { masked: '' } : {}),
  }
  const pictures = []
  for (name of names) {
    await showScene(page, gallery, { name, asked })
    await page.waitForTimeout(400)
    if (wanted.greyscale) await page.addStyleTag({ content: 'html { filter: grayscale(1) }' })
    await page.screenshot({ path: join(folder, `${name}-${as}.png`) })
    pictures.push(`${name}-${as}.png`)
    for (const clipped of await page.evaluate(findClipped)) tell(`${name} ${as}: ${clipped}`)
    if (!wanted['no-axe']) await lookWithAxe(page, `${name} ${as}`)
  }
  await context.close()
  if (wanted.sheets) await drawSheets(pictures, `sheet-${as}`)
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} scene
 */
async function lookWithAxe(page, scene) {
  const { violations } = await new AxeBuilder({ page }).disableRules(NOT_OURS).analyze()
  for (const { id, nodes } of violations)
    tell(`${scene}: ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
}

/**
 * Many pictures in one, each with its name.
 * @param {readonly string[]} pictures
 * @param {string} name
 */
async function drawSheets(pictures, name) {
  const page = await browser.newPage({ viewport: { width: 1800, height: 900 } })
  for (let first = 0; first < pictures.length; first += PER_SHEET) {
    const figures = pictures
      .slice(first, first + PER_SHEET)
      .map(
        (picture) => `<figure><img src="${encodeURIComponent(picture)}"><figcaption>${picture}</figcaption></figure>`,
      )
    const sheet = join(folder, `${name}-${first / PER_SHEET + 1}`)
    await writeFile(
      `${sheet}.html`,
      `<style>body{margin:4px;display:grid;grid-template-columns:repeat(3,1fr);gap:4px;font:11px sans-serif}figure{margin:0}img{width:100%;border:1px solid #888}</style>${figures.join('')}`,
    )
    await page.goto(pathToFileURL(resolve(`${sheet}.html`)).href)
    await page.screenshot({ path: `${sheet}.png`, fullPage: true })
  }
  await page.close()
}
