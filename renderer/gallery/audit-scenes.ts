import { Fault } from '../../contract/errors.ts'
import { fill, found, press, pressLabelled, sees } from './act.ts'
import { busyWorld, emptyWorld, type World, worldOfManyRestores } from './console/index.ts'
import type { Scene } from './scenes.ts'

const unforeseen = new Fault('internal', { reference: '7f3a-19c2' })

function answering(path: string, answer: Fault | 'never'): () => World {
  return () => busyWorld({ answers: new Map([[path, answer]]) })
}

/** Look at the row that holds this text. */
async function openRow(text: string): Promise<void> {
  const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-row]')]
  const row = await found(text, () => rows().find(({ textContent }) => textContent?.includes(text)))
  row.click()
  await found('a drawer', () => document.querySelector<HTMLElement>('[role=dialog] section') ?? undefined)
}

const withView = (): World =>
  busyWorld({
    savedViews: [
      {
        id: '0b2f9c1e-8f5d-4c56-9d0e-1a2b3c4d5e6f',
        name: 'Databases, in place',
        filters: { host: 'db-01,db-02', target: 'in-place' },
      },
    ],
  })

/** One record as it was written, and one that somebody has changed. */
async function verifyRecords(): Promise<void> {
  await press('Verify…')
  await pressLabelled('Verify This console')
  await sees('Intact')
  await pressLabelled('Verify web-01')
  await sees('was changed')
}

/** Who restored what, what else was asked of hosts, and whether the backups can be restored. */
export const AUDIT_SCENES: readonly Scene[] = [
  { id: 'audit', path: '/audit', world: () => busyWorld() },
  { id: 'audit-filtered', path: '/audit?when=30d&target=in-place&outcome=succeeded,partial', world: withView },
  {
    id: 'audit-views',
    path: '/audit?host=db-01,db-02&target=in-place',
    world: withView,
    act: () => press('Databases, in place'),
  },
  { id: 'audit-choice', path: '/audit', world: () => busyWorld(), act: () => press('Result') },
  { id: 'audit-none-fits', path: '/audit?text=nothing+like+it', world: () => busyWorld() },
  { id: 'audit-record', path: '/audit', world: () => busyWorld(), act: () => openRow('/srv/share/prices and 2 more') },
  {
    id: 'audit-record-refused',
    path: '/audit?outcome=refused',
    world: () => busyWorld(),
    act: () => openRow('refused'),
  },
  { id: 'audit-plots', path: '/audit', world: () => busyWorld(), act: () => plots() },
  { id: 'audit-many', path: '/audit', world: () => worldOfManyRestores() },
  { id: 'audit-previews', path: '/audit', world: () => busyWorld(), act: () => press('Previews') },
  { id: 'audit-all', path: '/audit', world: () => busyWorld(), act: () => press('All') },
  { id: 'audit-verified', path: '/audit', world: () => busyWorld(), act: verifyRecords },
  { id: 'audit-empty', path: '/audit', world: () => emptyWorld() },
  { id: 'audit-loading', path: '/audit', world: answering('pastRestores.page', 'never') },
  { id: 'audit-error', path: '/audit', world: answering('pastRestores.page', unforeseen) },
  { id: 'restorability', path: '/restorability', world: () => busyWorld() },
  {
    id: 'restorability-filtered',
    path: '/restorability',
    world: () => busyWorld(),
    act: () => fill('Filter repositories', 'db'),
  },
  { id: 'restorability-proofs', path: '/restorability', world: () => busyWorld(), act: () => openRow('files-north') },
  { id: 'restorability-failing', path: '/restorability', world: () => busyWorld(), act: () => openRow('pacs-archive') },
  { id: 'restorability-many', path: '/restorability', world: () => worldOfManyRestores() },
  { id: 'restorability-empty', path: '/restorability', world: () => emptyWorld() },
  { id: 'restorability-loading', path: '/restorability', world: answering('restorability.board', 'never') },
  { id: 'restorability-error', path: '/restorability', world: answering('restorability.board', unforeseen) },
]

async function plots(): Promise<void> {
  await press('Plots')
  await sees('Usual duration per host')
  await found('a plot', () => document.querySelector<HTMLElement>('[data-place]') ?? undefined)
}
