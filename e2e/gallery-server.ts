import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { build, preview } from 'vite'
import { windowPlugins } from '../tools/window-plugins.mjs'

/** The moment that the worlds of the gallery are made for. */
const PRESENT = new Date('2026-11-21T14:05:00.000Z')

/** The gallery, built and served on this computer until it is disposed of. */
export interface Gallery extends AsyncDisposable {
  readonly address: string
}

export async function serveGallery(): Promise<Gallery> {
  const outDir = mkdtempSync(join(tmpdir(), 'gallery-'))
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
  return {
    address,
    [Symbol.asyncDispose]: async () => {
      await server.close()
      await rm(outDir, { recursive: true })
    },
  }
}

/** The names of all scenes, in the order of the gallery. */
export async function sceneNames(browser: Browser, gallery: Gallery): Promise<readonly string[]> {
  const page = await browser.newPage()
  await page.goto(gallery.address)
  const links = page.locator('li > a:first-child')
  await links.first().waitFor()
  const names = await links.allTextContents()
  await page.close()
  return names
}

/** Show a scene and wait until what is done in it is done; `asked` as `renderer/gallery/asked.ts` reads it. */
export async function showScene(
  page: Page,
  gallery: Gallery,
  { name, asked = {} }: { readonly name: string; readonly asked?: Readonly<Record<string, string>> },
): Promise<void> {
  const query = new URLSearchParams({ screen: name, ...asked })
  await page.goto(`${gallery.address}?${query.toString()}`)
  const isDone = page.locator('#root[data-ready]').waitFor({ timeout: 30_000 })
  await isDone.catch((cause: unknown) => {
    throw new Error(`the scene ${name} is not done`, { cause })
  })
}

/** A page in which it is the moment of the gallery. */
export async function standStill(page: Page): Promise<void> {
  await page.clock.install({ time: PRESENT })
}
