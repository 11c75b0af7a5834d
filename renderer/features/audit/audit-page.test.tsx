import { fireEvent, screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { showConsole } from '../../../test/show-console.tsx'
import { busyWorld } from '../../gallery/console/index.ts'

test('who looked into which file stands apart from what was restored', async () => {
  using _ = showConsole(busyWorld(), '/audit')
  const restores = await screen.findByRole('grid', { name: 'Recent restores' })
  expect(within(restores).queryByText('/etc/shadow')).toBeNull()
  fireEvent.click(await screen.findByRole('radio', { name: 'Previews' }))
  const previews = await screen.findByRole('grid', { name: 'Recent previews' })
  expect(within(previews).getByText('/etc/shadow')).toBeDefined()
  expect(within(previews).getByText('refused')).toBeDefined()
})

test('previews are not among a host’s recent restores', async () => {
  using _ = showConsole(busyWorld(), '/hosts/db-01')
  const recent = await screen.findByRole('grid', { name: 'Recent restores of this host' })
  expect(within(recent).queryByText('/etc/postgresql/postgresql.conf')).toBeNull()
})

test('an entry’s details say who, why, by which plan, and what proves the result', async () => {
  using console = showConsole(busyWorld(), '/audit')
  const grid = await screen.findByRole('grid', { name: 'Recent restores' })
  const row = (await within(grid).findByText('in place')).closest<HTMLElement>('[role=row]')
  if (row === null) throw new Error('no such row')
  expect(within(row).getByText('verified')).toBeDefined()
  row.focus()
  fireEvent.click(within(row).getByRole('button', { name: /^Details of \/srv\/share\/prices/ }))
  const details = await screen.findByRole('dialog')
  expect(details.textContent).toContain('“The nightly import overwrote the price lists”')
  expect(details.textContent).toContain('equal to the snapshot')
  expect(details.textContent).toContain('restic 0.18.0, agent 0.1.0')
  expect(console.history.location.pathname).toBe('/audit')
  fireEvent.click(within(details).getByRole('link', { name: 'Open the run' }))
  await screen.findByText('succeeded: everything that was selected is there')
  expect(console.history.location.pathname).toBe('/hosts/files-north/runs/run-originals')
})

test('what was read back and differs is said in the list', async () => {
  using _ = showConsole(busyWorld(), '/audit')
  const grid = await screen.findByRole('grid', { name: 'Recent restores' })
  const differs = (await within(grid).findByText('2 differ')).closest('[role=row]')
  expect(differs?.textContent).toContain('partial')
})
