import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import type { RestoreDefault } from '../../../contract/shapes/restore-default.ts'
import { showConsole } from '../../../test/show-console.tsx'
import { busyWorld, NEWEST_SNAPSHOT } from '../../gallery/console/index.ts'

beforeEach(() => window.localStorage.clear())

const FOLDER: RestoreDefault = { target: { kind: 'path', path: '/srv/restored' }, conflicts: 'never', readBack: false }

test('where restores go is changed for all hosts, and a folder that is none is refused in words', async () => {
  const world = busyWorld()
  using _ = showConsole(world, '/settings')
  fireEvent.click(await screen.findByRole('button', { name: 'Change for all hosts' }))
  const drawer = within(await screen.findByRole('dialog', { name: 'Where restores go' }))
  fireEvent.click(drawer.getByLabelText(/A chosen folder/))
  fireEvent.change(drawer.getByLabelText('Folder'), { target: { value: 'srv' } })
  fireEvent.click(drawer.getByRole('button', { name: 'Save' }))
  await drawer.findByText('A folder begins with “/”.')
  fireEvent.change(drawer.getByLabelText('Folder'), { target: { value: '/srv/restored' } })
  fireEvent.click(drawer.getByLabelText(/Read back and compare/))
  fireEvent.click(drawer.getByRole('button', { name: 'Save' }))
  const list = await screen.findByRole('list', { name: 'Where restores go' })
  await within(list).findByText('/srv/restored')
  expect(world.restoreDefaults.everywhere).toEqual({ ...FOLDER, conflicts: 'always' })
})

test('one host has its own, until it goes as all do', async () => {
  const world = busyWorld({
    restoreDefaults: { ...busyWorld().restoreDefaults, hosts: [{ hostId: 'db-01', chosen: FOLDER }] },
  })
  using _ = showConsole(world, '/settings')
  fireEvent.click(await screen.findByRole('button', { name: 'Change for db-01' }))
  const drawer = within(await screen.findByRole('dialog', { name: 'Where restores go' }))
  expect(drawer.getByLabelText<HTMLInputElement>('Folder').value).toBe('/srv/restored')
  fireEvent.click(drawer.getByRole('button', { name: 'As for all hosts' }))
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Change for db-01' })).toBeNull())
  expect(world.restoreDefaults.hosts).toEqual([])
})

test('the restore page begins with what is chosen for its host, and plans nothing before it knows that', async () => {
  const world = busyWorld({
    restoreDefaults: { ...busyWorld().restoreDefaults, hosts: [{ hostId: 'db-01', chosen: FOLDER }] },
  })
  using _ = showConsole(world, `/hosts/db-01/restore?repository=db-01&snapshot=${NEWEST_SNAPSHOT}`)
  expect(await screen.findByDisplayValue('/srv/restored')).toBeDefined()
  expect(screen.getByLabelText<HTMLInputElement>(/Read back and compare/).checked).toBe(false)
  const plans = world.calls.filter(({ path }) => path === 'restores.plan')
  expect(JSON.stringify(plans)).not.toContain('"staging"')
  fireEvent.click(screen.getByLabelText(/A fresh folder/))
  await waitFor(() => expect(screen.queryByDisplayValue('/srv/restored')).toBeNull())
})
