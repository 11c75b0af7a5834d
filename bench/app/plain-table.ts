import type { Browser } from '@playwright/test'
import { markStep, traceTasks } from './tasks.ts'

const ROWS = 500
const COLUMNS = 8
const STEP = 'a plain table'

/** What the browser itself takes, with no program of ours or anybody's, to lay out and paint this many cells. */
export const PLAIN_TABLE = `an empty page, a table of ${ROWS} rows`

/** The longest task of each showing, in milliseconds of the processor: how fast the machine is for pages. */
export async function plainTable(browser: Browser, times: number): Promise<readonly number[]> {
  await using page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto('about:blank')
  const cells = Array.from({ length: COLUMNS }, (_, column) => `<td>cell ${column}</td>`).join('')
  const table = `<table>${`<tr>${cells}</tr>`.repeat(ROWS)}</table>`
  const longest: number[] = []
  for (let at = 0; at < times; at += 1) {
    const tasks = await traceTasks(browser, page, async () => {
      await markStep(page, STEP)
      await page.evaluate(async (html) => {
        document.body.innerHTML = html
        // What was put there is painted before the second of them.
        await new Promise(requestAnimationFrame)
        await new Promise(requestAnimationFrame)
        document.body.replaceChildren()
      }, table)
    })
    longest.push(tasks.get(STEP)?.processor ?? 0)
  }
  return longest
}
