import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fill, press, showConsole } from '../../../test/show-console.tsx'
import { busyWorld, emptyWorld, type World } from '../../gallery/console/index.ts'
import { summaryWords } from './proof-words.ts'

const board = () => screen.findByRole('grid', { name: 'Repositories' })
const states = async (): Promise<(string | null | undefined)[]> =>
  within(await board())
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getAllByRole('gridcell')[0]?.textContent)

function quietWorld(): World {
  const world = busyWorld()
  for (const [id, host] of world.hosts) world.hosts.set(id, { ...host, activeRun: null })
  return world
}

test('the worst stands first, and a line says what it comes to', async () => {
  using _ = showConsole(quietWorld(), '/restorability')
  const order = ['failed', 'never', 'stale', 'fresh']
  await waitFor(async () => expect((await states()).length).toBeGreaterThan(5))
  const found = await states()
  expect(found).toEqual(found.toSorted((a, b) => order.indexOf(a ?? '') - order.indexOf(b ?? '')))
  expect(screen.getByText(/^Of .* repositories: .*never proven/)).toBeDefined()
})

test('what a consumer has proven counts, with what it started, and a replica that fails is said', async () => {
  using console = showConsole(quietWorld(), '/restorability')
  expect(
    (await within(await board()).findAllByText('started as PostgreSQL 15, 12 databases read')).length,
  ).toBeGreaterThan(0)
  const failing = (await within(await board()).findAllByText(/ is failing$/))[0]
  const row = failing?.closest<HTMLElement>('[data-row]')
  if (!row) throw new Error('no such row')
  expect(within(row).getAllByRole('gridcell')[0]?.textContent).toBe('failed')
  fireEvent.click(row)
  const drawer = await screen.findByRole('dialog')
  await within(drawer).findByText('Failing replica')
  const links = within(drawer).getAllByRole('link')
  const link = links.find((each) => each.getAttribute('href')?.startsWith('/replicas/'))
  if (link === undefined) throw new Error('no way to the replica')
  fireEvent.click(link)
  await waitFor(() => expect(console.history.location.pathname).toMatch(/^\/replicas\//))
})

test('a count is a filter that stands in the address', async () => {
  using console = showConsole(quietWorld(), '/restorability')
  await board()
  fireEvent.click(await screen.findByRole('button', { name: /^never/ }))
  await waitFor(async () => expect(new Set(await states())).toEqual(new Set(['never'])))
  expect(console.history.location.search).toBe('?state=never')
})

test('to prove one now opens the restore of its newest snapshot to a fresh folder', async () => {
  using console = showConsole(quietWorld(), '/restorability?text=files-north')
  const row = (await within(await board()).findAllByText('files-north'))[0]?.closest<HTMLElement>('[data-row]')
  if (!row) throw new Error('no such row')
  fireEvent.click(row)
  const drawer = await screen.findByRole('dialog')
  await within(drawer).findAllByText('verified')
  await press('Prove now…')
  await waitFor(() => expect(console.history.location.pathname).toBe('/hosts/files-north/restore'))
  const address = new URLSearchParams(console.history.location.search)
  expect(address.get('repository')).toBe('files-north')
  expect(address.get('snapshot')).toMatch(/^[0-9a-f]{64}$/)
})

test('how old a proof may be is set for all, for one, and taken back', async () => {
  using console = showConsole(quietWorld(), '/restorability?text=db-02')
  await press('Bound: 30 days')
  await fill('A proof is good for', '1 days')
  fireEvent.click(await screen.findByText('Set'))
  expect(await screen.findByRole('button', { name: 'Bound: 1 day' })).toBeDefined()
  const row = (await within(await board()).findAllByText('db-02'))[0]?.closest<HTMLElement>('[data-row]')
  if (!row) throw new Error('no such row')
  fireEvent.click(row)
  await fill('A proof of this repository is good for', '90 days')
  fireEvent.click(within(await screen.findByRole('dialog')).getByText('Set'))
  await press('Use the usual 1 day')
  await waitFor(() => expect(console.asked('restorability.setBound')).toHaveLength(3))
  expect(console.asked('restorability.setBound')).toEqual([
    { of: 'all', days: 1 },
    { of: 'repository', hostId: 'db-02', repositoryId: 'db-02', days: 90 },
    { of: 'repository', hostId: 'db-02', repositoryId: 'db-02', days: null },
  ])
})

test('without a repository the board says what will stand there', async () => {
  using _ = showConsole(emptyWorld(), '/restorability')
  expect(await screen.findByText('There is no repository yet')).toBeDefined()
})

test.each([
  [{ failed: 0, never: 3, stale: 0, fresh: 9 }, 'Of 12 repositories: 3 never proven.'],
  [{ failed: 1, never: 0, stale: 2, fresh: 0 }, 'Of 3 repositories: 1 failed, 2 not proven recently.'],
  [{ failed: 0, never: 0, stale: 0, fresh: 2 }, 'All 2 repositories are proven.'],
  [{ failed: 0, never: 0, stale: 0, fresh: 0 }, 'There is no repository yet.'],
])('%j: %s', (counts, words) => {
  expect(summaryWords(counts)).toBe(words)
})
