import { Fault } from '../../contract/errors.ts'
import { fill, found, press, sees } from './act.ts'
import { busyWorld } from './console/index.ts'
import type { Scene } from './scenes.ts'

const path = '/hosts/db-01/repositories/db-01/compare'

async function rowOf(name: string): Promise<HTMLElement> {
  return found(name, () => {
    const rows = [...document.querySelectorAll<HTMLElement>('[role=treegrid] [role=row]')]
    return rows.find((row) => row.querySelector('[title][data-act]')?.getAttribute('title') === name)
  })
}

async function open(...names: readonly string[]): Promise<void> {
  for (const name of names) (await rowOf(name)).querySelector<HTMLElement>('[data-act=open]')?.click()
}

/** Put the keyboard on a row. */
async function on(name: string): Promise<void> {
  ;(await rowOf(name)).querySelector<HTMLElement>('[role=gridcell]:last-child')?.click()
}

const difference = (folders: readonly string[], name: string) => async (): Promise<void> => {
  await open(...folders)
  await on(name)
  await press('Difference…')
  await sees('is recorded in the audit')
}

/** What differs between two snapshots, between one and the host now, and one file on both sides. */
export const COMPARE_SCENES: readonly Scene[] = [
  {
    id: 'compare',
    path,
    world: () => busyWorld(),
    act: async () => {
      await open('etc', 'postgresql', 'srv')
      await on('postgresql.conf')
      await sees('removed')
    },
  },
  { id: 'compare-loading', path, world: () => busyWorld({ answers: new Map([['compare.level', 'never']]) }) },
  { id: 'compare-going-on', path, world: () => busyWorld({ slow: new Set(['db-01']) }), act: () => sees('Comparing…') },
  { id: 'compare-alike', path, world: () => busyWorld({ alike: true }), act: () => sees('Nothing differs') },
  {
    id: 'compare-error',
    path,
    world: () =>
      busyWorld({
        answers: new Map([['compare.level', new Fault('repository_locked', { by: 'root@db-01', since: null })]]),
      }),
    act: () => sees('Try again'),
  },
  {
    id: 'compare-now',
    path: `${path}?to=now`,
    world: () => busyWorld(),
    act: async () => {
      await open('home', 'maria')
      await on('naïve “report” (final).odt')
      await sees('Compare content')
    },
  },
  {
    id: 'compare-now-list',
    path: `${path}?to=now`,
    world: () => busyWorld(),
    act: async () => {
      await rowOf('etc')
      await fill('Filter changed paths', 'conf')
      await sees('the agent cannot look into')
    },
  },
  {
    id: 'compare-three',
    path,
    world: () => busyWorld(),
    act: async () => {
      await difference(['etc', 'postgresql'], 'postgresql.conf')()
      await press('all three')
      await sees('by the later version')
    },
  },
  { id: 'compare-text', path, world: () => busyWorld(), act: difference(['etc', 'postgresql'], 'postgresql.conf') },
  {
    id: 'compare-unified',
    path,
    world: () => busyWorld(),
    act: async () => {
      await difference(['etc', 'postgresql'], 'postgresql.conf')()
      await press('unified')
    },
  },
  { id: 'compare-images', path, world: () => busyWorld(), act: difference(['home', 'maria'], '🦊.png') },
  {
    id: 'compare-bytes',
    path,
    world: () => busyWorld(),
    act: difference(['home', 'maria'], 'naïve “report” (final).odt'),
  },
  {
    id: 'compare-metadata',
    path,
    world: () => busyWorld(),
    act: async () => {
      await difference(['etc'], 'hosts')()
      const tabs = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[role=tab]')]
      const tab = await found('Metadata', () => tabs().find(({ textContent }) => textContent === 'Metadata'))
      tab.click()
      await sees('Points to')
    },
  },
]
