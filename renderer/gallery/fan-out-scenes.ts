import { Fault } from '../../contract/errors.ts'
import { fill, found, press, sees } from './act.ts'
import { FAN_OUT_GOING, FAN_OUT_PARTIAL } from './console/fan-outs.ts'
import { busyWorld, emptyWorld, NEWEST_SNAPSHOT } from './console/index.ts'
import type { Scene } from './scenes.ts'

const wizard = `/hosts/db-01/restore?repository=db-01&snapshot=${NEWEST_SNAPSHOT}`

async function check(label: string): Promise<void> {
  const box = await found(
    label,
    () => document.querySelector<HTMLElement>(`input[type=checkbox][aria-label="${label}"]`) ?? undefined,
  )
  box.click()
}

/** Choose on one host, and go on to the others. */
async function several(): Promise<void> {
  const link = await found('Restore on several hosts…', () =>
    [...document.querySelectorAll<HTMLElement>('a')].find((each) => each.textContent === 'Restore on several hosts…'),
  )
  link.click()
  await sees('What it would do there')
}

async function choose(): Promise<void> {
  await press('Take the whole snapshot')
  await several()
}

async function planned(): Promise<void> {
  await check('All hosts that can be chosen')
  const plan = await found('Plan on', () =>
    [...document.querySelectorAll<HTMLElement>('button')].find((each) => each.textContent?.startsWith('Plan on')),
  )
  plan.click()
  await sees('create')
}

/** A restore on several hosts: put together, under way, over, and none. */
export const FAN_OUT_SCENES: readonly Scene[] = [
  { id: 'fan-out-choice', path: wizard, world: () => busyWorld(), act: choose },
  {
    id: 'fan-out-planned',
    path: wizard,
    world: () => busyWorld(),
    act: async () => {
      await choose()
      await planned()
    },
  },
  {
    id: 'fan-out-in-place',
    path: wizard,
    world: () => busyWorld(),
    act: async () => {
      await press('Take the whole snapshot')
      await press('In place')
      await several()
      await planned()
      await fill('Why', 'The certificates were replaced on all of them')
    },
  },
  { id: 'fan-out-nothing-chosen', path: '/hosts/db-01/restore/several', world: () => busyWorld() },
  { id: 'fan-out-going', path: `/fan-outs/${FAN_OUT_GOING}`, world: () => busyWorld() },
  { id: 'fan-out-partial', path: `/fan-outs/${FAN_OUT_PARTIAL}`, world: () => busyWorld() },
  { id: 'fan-out-again', path: `/fan-outs/${FAN_OUT_PARTIAL}/retry`, world: () => busyWorld() },
  { id: 'fan-out-unknown', path: '/fan-outs/none', world: () => busyWorld() },
  { id: 'fan-outs', path: '/fan-outs', world: () => busyWorld() },
  { id: 'fan-outs-empty', path: '/fan-outs', world: () => emptyWorld() },
  {
    id: 'fan-outs-error',
    path: '/fan-outs',
    world: () =>
      busyWorld({ answers: new Map([['fanOuts.watch', new Fault('internal', { reference: '7f3a-19c2' })]]) }),
  },
]
