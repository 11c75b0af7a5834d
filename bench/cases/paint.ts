import { type BenchLine, lineOf } from '../measure.ts'
import { largeFolders } from '../repository/large-folders.ts'
import { benchWindow } from '../window/bench-window.ts'
import { clickToRows, showRow } from '../window/click-to-rows.ts'
import { scroll } from '../window/scroll.ts'

/** What a line of times says besides: the bars are for these. */
type PaintLine = BenchLine & { readonly ours: { readonly p95: number; readonly longest: number } }

/** A hand at the wheel, and one that is in a hurry; pixels in a second. */
const SPEEDS = { 'as one reads': 2_000, 'in a hurry': 20_000 } as const

/** Milliseconds: a hand is rarely faster from coming to a row to clicking it. */
const REST = 250

/** What a person waits for in the window: a folder's rows after the click, and each frame of a scrolling list. */
export async function paint({ quick }: { readonly quick: boolean }): Promise<readonly PaintLine[]> {
  const { repository, thousands, hundredThousand } = await largeFolders()
  await using window = await benchWindow(repository)
  const { page } = window
  const positions = [...(quick ? thousands.slice(0, 20) : thousands).keys()]
  const clicks = async (rest: number): Promise<readonly number[]> => {
    const times: number[] = []
    for (const position of positions) times.push(await clickToRows(page, { position, rest }))
    return times
  }
  const lines = [lineFor('click to painted rows, a folder of 1,000', await clicks(0))]
  // This window forgets what it has read.
  await page.reload()
  lines.push(lineFor('click to painted rows, a folder of 1,000 that the pointer rested on', await clicks(REST)))
  await showRow(page, thousands.length)
  await page.getByRole('treegrid').getByText(hundredThousand, { exact: true }).click()
  await page.locator('[aria-setsize="100000"]').first().waitFor()
  for (const [how, speed] of Object.entries(SPEEDS)) {
    const { frames, work } = await scroll({ ...window, distance: speed * (quick ? 3 : 10), speed })
    lines.push(lineFor(`from frame to frame, scrolling 100,000 entries ${how}`, frames))
    lines.push(lineFor(`the window's processor time for a frame, scrolling 100,000 entries ${how}`, work))
  }
  return lines
}

function lineFor(name: string, times: readonly number[]): PaintLine {
  const sorted = times.toSorted((left, right) => left - right)
  const line = lineOf({ bench: 'paint', case: name, ours: times })
  const at = (share: number): number => Number((sorted[Math.ceil(sorted.length * share) - 1] ?? 0).toPrecision(3))
  return { ...line, ours: { ...line.ours, p95: at(0.95), longest: at(1) } }
}
