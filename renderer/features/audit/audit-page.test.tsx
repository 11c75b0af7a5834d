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
