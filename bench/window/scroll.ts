import type { Browser, Page } from '@playwright/test'

export interface Scrolled {
  /** Milliseconds between one frame and the next. */
  readonly frames: readonly number[]
  /** Milliseconds of the processor that the page's main thread took for each frame. */
  readonly work: readonly number[]
}

interface Scrolling {
  readonly browser: Browser
  readonly page: Page
  /** Pixels, and pixels in a second. */
  readonly distance: number
  readonly speed: number
}

/** Tasks, and where frames begin. */
const CATEGORIES = ['toplevel', 'devtools.timeline']
const TASK = 'ThreadControllerImpl::RunTask'

/** Scroll the tree as a wheel does, down and up again, and say what each frame took. */
export async function scroll({ browser, page, distance, speed }: Scrolling): Promise<Scrolled> {
  const box = await page.getByRole('treegrid').boundingBox()
  if (box === null) throw new Error('there is no tree')
  const session = await page.context().newCDPSession(page)
  const wheel = (yDistance: number) =>
    session.send('Input.synthesizeScrollGesture', {
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      yDistance,
      speed,
      gestureSourceType: 'mouse',
    })
  await page.evaluate(watchFrames)
  await wheel(-distance)
  const frames = await page.evaluate(() => (globalThis as unknown as FramesWatched).framesWatched())
  // To be watched so closely costs time: the frames are not measured meanwhile.
  await browser.startTracing(page, { categories: CATEGORIES })
  await wheel(distance)
  const work = workOf(await browser.stopTracing())
  await session.detach()
  return { frames, work }
}

interface FramesWatched {
  framesWatched(): number[]
}

/** Runs in the page. */
function watchFrames(): void {
  const frames: number[] = []
  let before = performance.now()
  let request = requestAnimationFrame(function note(now) {
    frames.push(now - before)
    before = now
    request = requestAnimationFrame(note)
  })
  Object.assign(globalThis, {
    framesWatched: () => {
      cancelAnimationFrame(request)
      return frames.slice(1)
    },
  })
}

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Microseconds. */
  readonly ts: number
  /** Of the processor, which the thread may have had to wait for. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** What the thread that drew the most frames did between one of them and the next. */
function workOf(trace: Buffer): readonly number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] }
  const mains = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
  const worked = mains.map((main) => {
    const own = traceEvents
      .filter(({ pid, tid }) => pid === main.pid && tid === main.tid)
      .toSorted((left, right) => left.ts - right.ts)
    return perFrame(own)
  })
  return worked.toSorted((left, right) => right.length - left.length)[0] ?? []
}

function perFrame(events: readonly TraceEvent[]): readonly number[] {
  const frames: number[] = []
  for (const { name, ph, tdur = 0 } of events) {
    if (name === 'AnimationFrame' && ph === 'b') frames.push(0)
    if (name === TASK && frames.length > 0) frames.push((frames.pop() ?? 0) + tdur / 1000)
  }
  return frames
}
