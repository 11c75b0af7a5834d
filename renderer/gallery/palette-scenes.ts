import { fill, found, sees } from './act.ts'
import { busyWorld, crowdedWorld, emptyWorld, type World } from './console/index.ts'
import type { Scene } from './scenes.ts'

const FIELD = 'Go to or do'

/** Press the palette's keys. */
async function open(): Promise<void> {
  await found('the frame', () => document.querySelector('footer') ?? undefined)
  await new Promise((resolve) => setTimeout(resolve, 400))
  document.documentElement.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'k', code: 'KeyK', ctrlKey: true, bubbles: true }),
  )
  await found(FIELD, () => document.querySelector(`input[aria-label="${FIELD}"]`) ?? undefined)
}

const typed = (text: string, shown: string) => async (): Promise<void> => {
  await open()
  await fill(FIELD, text)
  await sees(shown)
}

/** The palette over the fleet. */
const over = (world: () => World, act: () => Promise<void>): Omit<Scene, 'id'> => ({ path: '/', world, act })

export const PALETTE_SCENES: readonly Scene[] = [
  { id: 'palette', ...over(() => busyWorld(), open) },
  { id: 'palette-snapshots-of-a-day', ...over(() => busyWorld(), typed('db-01 yesterday', 'db-01 20 Nov')) },
  { id: 'palette-state', ...over(() => busyWorld(), typed('state:away', 'lab-win-7')) },
  { id: 'palette-many', ...over(crowdedWorld, typed('db', 'more')) },
  { id: 'palette-none', ...over(() => busyWorld(), typed('qqqq', 'Nothing here is called')) },
  {
    id: 'palette-loading',
    ...over(() => busyWorld({ answers: new Map([['runs.page', 'never']]) }), typed('qqqq', 'Looking…')),
  },
  { id: 'palette-first-day', ...over(() => emptyWorld(), open) },
]
