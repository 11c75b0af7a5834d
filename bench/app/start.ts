import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Browser, Page } from '@playwright/test'
import { announcedAddress, startHeadless } from '../../e2e/launch/browser.ts'
import { type ConsoleOptions, endProgram } from '../../e2e/launch/running-console.ts'
import { repositoryAt, runRestic } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { type BenchLine, lineOf, timed } from '../measure.ts'
import { freshOptions, type World } from './world.ts'

/** Milliseconds of one start, part by part. */
interface Start {
  /** From the process's birth until it says that it is ready. */
  readonly process: number
  /** From then until the page's scripts are there. */
  readonly load: number
  /** From then until something is painted. */
  readonly paint: number
  /** From then until the first screen shows what it is for. */
  readonly screen: number
  /** From a key on that screen until the palette is painted. */
  readonly key: number
  /** From the process's birth until that screen, and the answer to a key. */
  readonly all: number
}

const PARTS = {
  process: 'the console’s process, until it is ready',
  load: 'the page’s scripts, until they are there',
  paint: 'from then to something painted',
  screen: 'from then to the first screen',
  key: 'from a key there to the palette',
} as const satisfies Partial<Record<keyof Start, string>>

/** What each first screen is for, as a selector in it. */
const WELCOME = 'button:has-text("Add a repository")'
const FLEET = '[role="grid"][aria-label="Hosts"] [role="gridcell"]'

/** From the start of the console's process to a first screen that answers keys, on its first day and after a year. */
export async function start(browser: Browser, world: World, samples: number): Promise<readonly BenchLine[]> {
  const [first, used, bare, blank, restic]: [Start[], Start[], number[], number[], number[]] = [[], [], [], [], []]
  for (let at = 0; at < samples; at += 1) {
    await using directory = temporaryDirectory()
    first.push(await startOnce(browser, freshOptions(directory.path), WELCOME))
    used.push(await startOnce(browser, world.options, FLEET))
    bare.push(await timed(() => once(spawn(process.execPath, ['--eval', '']), 'exit')))
    blank.push(await blankPage(browser))
    restic.push(await timed(() => snapshots(world, directory.path)))
  }
  return [
    ...linesOf('first day', first, { bare, blank }),
    ...linesOf('10,000 restores and a repository', used, { bare, blank, restic }),
  ]
}

interface Peers {
  readonly bare: readonly number[]
  readonly blank: readonly number[]
  readonly restic?: readonly number[]
}

function linesOf(when: string, starts: readonly Start[], { bare, blank, restic }: Peers): readonly BenchLine[] {
  const line = (name: string, ours: readonly number[], peer?: { name: string; times: readonly number[] }): BenchLine =>
    lineOf({ bench: 'app', case: `start, ${when}: ${name}`, ours, ...(peer === undefined ? {} : { peer }) })
  const of = (part: keyof Start): readonly number[] => starts.map((one) => one[part])
  const whole = restic === undefined ? undefined : { name: 'restic snapshots', times: restic }
  return [
    line('all of it', of('all'), whole),
    line(PARTS.process, of('process'), { name: 'node, an empty program', times: bare }),
    line(PARTS.load, of('load')),
    line(PARTS.paint, of('paint'), { name: 'a page of one heading', times: blank }),
    line(PARTS.screen, of('screen')),
    line(PARTS.key, of('key')),
  ]
}

async function startOnce(browser: Browser, options: ConsoleOptions, wanted: string): Promise<Start> {
  // Nothing is kept from the start before: neither files nor what they were compiled to.
  await using context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  const began = now()
  const program = startHeadless(options)
  try {
    const address = await announcedAddress(program)
    const ready = now()
    const { scripts, painted, screen } = await firstScreen(page, address, wanted)
    const key = await answerToKey(page)
    return {
      process: ready - began,
      load: scripts - ready,
      paint: painted - scripts,
      screen: screen - painted,
      key,
      all: screen - began + key,
    }
  } finally {
    await endProgram(program.process, 'SIGTERM')
  }
}

/** Moments of a page's start, in milliseconds since 1970. */
interface FirstScreen {
  readonly scripts: number
  readonly painted: number
  readonly screen: number
}

async function firstScreen(page: Page, address: string, wanted: string): Promise<FirstScreen> {
  await page.goto(address, { waitUntil: 'commit' })
  await page.locator(wanted).first().waitFor()
  const screen = await page.evaluate(afterPaint)
  return { ...(await page.evaluate(milestones)), screen }
}

/** Milliseconds from the key until the palette's field was painted. */
async function answerToKey(page: Page): Promise<number> {
  await page.evaluate(watchForPalette)
  await page.keyboard.press('Control+K')
  return page.evaluate(() => (globalThis as unknown as { palettePainted: Promise<number> }).palettePainted)
}

async function blankPage(browser: Browser): Promise<number> {
  await using context = await browser.newContext()
  const page = await context.newPage()
  await page.goto('data:text/html,<h1>Hosts</h1>')
  return await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const painted = (entries: PerformanceEntryList) => {
          const paint = entries.find(({ name }) => name === 'first-contentful-paint')
          if (paint !== undefined) resolve(paint.startTime)
        }
        new PerformanceObserver((list) => painted(list.getEntries())).observe({ type: 'paint', buffered: true })
      }),
  )
}

function snapshots({ repository }: World, directory: string): Promise<unknown> {
  return runRestic(repositoryAt(directory, { url: repository.url, password: repository.password }), ['snapshots'])
}

function now(): number {
  return performance.timeOrigin + performance.now()
}

/** Runs in the page: the moment after the next frame was drawn. */
function afterPaint(): Promise<number> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve(performance.timeOrigin + performance.now())
      port2.postMessage(null)
    })
  })
}

/** Runs in the page. */
function milestones(): { scripts: number; painted: number } {
  const scripts = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
  const ends = scripts.filter(({ name }) => name.endsWith('.js') || name.endsWith('.css')).map((one) => one.responseEnd)
  const paint = performance.getEntriesByName('first-contentful-paint')[0]
  const { timeOrigin } = performance
  return { scripts: timeOrigin + Math.max(0, ...ends), painted: timeOrigin + (paint?.startTime ?? Number.NaN) }
}

/** Runs in the page. */
function watchForPalette(): void {
  const { promise, resolve } = Promise.withResolvers<number>()
  let pressed = Number.NaN
  addEventListener('keydown', ({ key, timeStamp }) => (pressed = key === 'k' || key === 'K' ? timeStamp : pressed), {
    capture: true,
  })
  const observer = new MutationObserver(() => {
    if (document.querySelector('[role="dialog"] [role="combobox"]') === null) return
    observer.disconnect()
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve(performance.now() - pressed)
      port2.postMessage(null)
    })
  })
  observer.observe(document.body, { childList: true, subtree: true })
  Object.assign(globalThis, { palettePainted: promise })
}
