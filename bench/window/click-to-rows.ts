import { setTimeout } from 'node:timers/promises'
import type { Page } from '@playwright/test'

const ROW_PIXELS = 30

export interface Click {
  /** The folder is the so-many-th row of the tree. */
  readonly position: number
  /** For how many milliseconds the pointer is there before it clicks: at 0 nothing is read ahead. */
  readonly rest: number
}

/** Click a folder, and close it again: milliseconds from the click until its rows were painted. */
export async function clickToRows(page: Page, { position, rest }: Click): Promise<number> {
  await page.mouse.move(0, 0)
  await showRow(page, position)
  const row = page.locator(`[data-row="${position}"]`)
  const box = await row.locator('[data-directory]').boundingBox()
  if (box === null) throw new Error(`row ${position} is not in sight`)
  await page.evaluate(watchForRows)
  if (rest > 0) {
    await page.mouse.move(box.x + 4, box.y + box.height / 2)
    await setTimeout(rest)
  }
  await page.mouse.click(box.x + 4, box.y + box.height / 2)
  const milliseconds = await page.evaluate(() => (globalThis as unknown as RowsWatched).rowsPainted)
  await page.mouse.click(box.x + 4, box.y + box.height / 2)
  await page.locator(`[data-row="${position}"][aria-expanded="false"]`).waitFor()
  return milliseconds
}

/** Scroll the tree so that its so-many-th row is in sight. */
export async function showRow(page: Page, position: number): Promise<void> {
  const top = Math.max(0, (position - 4) * ROW_PIXELS)
  await page
    .getByRole('treegrid')
    .evaluate((grid, wanted) => grid.querySelector('[tabindex="-1"]')?.scrollTo(0, wanted), top)
  await page.locator(`[data-row="${position}"]`).waitFor()
}

interface RowsWatched {
  /** Milliseconds from the click on. */
  readonly rowsPainted: Promise<number>
}

/** Runs in the page. A task that is posted in a frame's callback comes after that frame was drawn. */
function watchForRows(): void {
  const { promise, resolve } = Promise.withResolvers<number>()
  let clicked = Number.NaN
  addEventListener('click', ({ timeStamp }) => (clicked = timeStamp), { capture: true, once: true })
  const observer = new MutationObserver(() => {
    if (document.querySelector('[aria-level="2"][aria-setsize="1000"]') === null) return
    observer.disconnect()
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve(performance.now() - clicked)
      port2.postMessage(null)
    })
  })
  observer.observe(document.body, { childList: true, subtree: true })
  Object.assign(globalThis, { rowsPainted: promise })
}
