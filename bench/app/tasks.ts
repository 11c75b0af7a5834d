import type { Browser, Page } from '@playwright/test'

/** The longest task of the page's main thread in each step, in milliseconds. */
export type LongestTasks = ReadonlyMap<string, { readonly wall: number; readonly processor: number }>

/** Tasks, and the marks of the steps. */
const CATEGORIES = ['toplevel', 'blink.user_timing']
const TASK = 'ThreadControllerImpl::RunTask'
const MARK = 'step: '

/** Say in the trace that a step begins. */
export async function markStep(page: Page, name: string): Promise<void> {
  await page.evaluate((mark) => void performance.mark(mark), `${MARK}${name}`)
}

/** Watch the page's tasks while something is done that marks its steps. */
export async function traceTasks(browser: Browser, page: Page, act: () => Promise<void>): Promise<LongestTasks> {
  await browser.startTracing(page, { categories: CATEGORIES })
  let trace: Buffer
  try {
    await act()
  } finally {
    trace = await browser.stopTracing()
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] }
  return longestOf(traceEvents)
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Microseconds, of the wall and of the processor. */
  readonly ts: number
  readonly dur?: number
  readonly tdur?: number
}

function longestOf(events: readonly TraceEvent[]): LongestTasks {
  const main = events.find(({ name }) => name.startsWith(MARK))
  if (main === undefined) throw new Error('the trace holds no step')
  const own = events
    .filter(({ pid, tid, name }) => pid === main.pid && tid === main.tid && (name === TASK || name.startsWith(MARK)))
    .toSorted((left, right) => left.ts - right.ts)
  const longest = new Map<string, { wall: number; processor: number }>()
  let step: string | undefined
  for (const { name, dur = 0, tdur = 0 } of own) {
    if (name.startsWith(MARK)) step = name.slice(MARK.length)
    else if (step !== undefined) {
      const { wall = 0, processor = 0 } = longest.get(step) ?? {}
      longest.set(step, { wall: Math.max(wall, dur / 1000), processor: Math.max(processor, tdur / 1000) })
    }
  }
  return longest
}
