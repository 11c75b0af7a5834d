import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fill, press, showConsole } from '../../../test/show-console.tsx'
import { busyWorld, emptyWorld, type World } from '../../gallery/console/index.ts'

/** The fleet in one workspace, and one host with its own name in the other. */
function twoWorlds(): World {
  const here = busyWorld()
  const laboratory = here.workspaces.get('laboratory')
  const [host] = here.hosts.values()
  if (laboratory === undefined || host === undefined) throw new Error('the gallery lacks them')
  const { hosts: _, ...workspace } = laboratory
  const there = emptyWorld({
    workspaces: here.workspaces,
    system: { ...here.system, workspace },
    hosts: new Map([['lab-01', { ...host, id: 'lab-01', name: 'lab-01', local: false, repositories: [] }]]),
  })
  here.elsewhere.set('laboratory', there)
  return here
}

test('two keys, a few letters and Enter lead to another workspace, and nothing of the former stays', async () => {
  using shown = showConsole(twoWorlds(), '/hosts/db-01')
  await screen.findByRole('heading', { name: 'db-01' })
  fireEvent.keyDown(document.body, { key: 'w', code: 'KeyW', altKey: true })
  const filter = await screen.findByLabelText('Filter workspaces')
  fireEvent.change(filter, { target: { value: 'lab' } })
  await waitFor(() => expect(screen.getAllByRole('option', { hidden: true })).toHaveLength(1))
  await waitFor(() => {
    expect(screen.getByRole('option', { hidden: true }).getAttribute('data-combobox-selected')).toBe('true')
  })
  fireEvent.keyDown(filter, { key: 'Enter', code: 'Enter' })
  await screen.findByRole('button', { name: 'Workspace Laboratory' })
  expect(shown.history.location.pathname).toBe('/')
  await screen.findByText('lab-01')
  expect(document.body.textContent).not.toContain('db-01')
  expect(screen.getByRole('main').textContent).not.toContain('Northern clinics')
})

test('choosing the workspace that the window is in changes nothing', async () => {
  using shown = showConsole(twoWorlds(), '/hosts/db-01')
  await screen.findByRole('heading', { name: 'db-01' })
  await press('Workspace Northern clinics')
  fireEvent.click(await screen.findByRole('option', { name: /Northern clinics/, hidden: true }))
  expect(shown.history.location.pathname).toBe('/hosts/db-01')
})

test('a workspace is made, and its name and colour come to be seen at once', async () => {
  using shown = showConsole(twoWorlds(), '/workspaces')
  await press('Make a workspace…')
  await fill('Name', ' Archive ')
  fireEvent.click(await screen.findByLabelText('olive'))
  await press('Make it')
  await screen.findByRole('button', { name: 'Switch to Archive' })
  expect(shown.asked('workspaces.create')).toEqual([{ name: 'Archive', color: 'olive' }])
  await press('Change Northern clinics')
  await fill('Name', 'North')
  await press('Save')
  await screen.findByRole('button', { name: 'Workspace North' })
})

test('a name that is taken is said beside the form', async () => {
  using _ = showConsole(twoWorlds(), '/workspaces')
  await press('Make a workspace…')
  await fill('Name', 'laboratory')
  await press('Make it')
  expect(await screen.findByText('There is a workspace of this name already')).toBeDefined()
})

test('only an empty workspace that the window is not in is removed, its name typed', async () => {
  const world = twoWorlds()
  const laboratory = world.workspaces.get('laboratory')
  if (laboratory === undefined) throw new Error('the gallery lacks it')
  world.workspaces.set('archive', { ...laboratory, id: 'archive', name: 'Archive', hosts: 0 })
  using shown = showConsole(world, '/workspaces')
  for (const name of ['Northern clinics', 'Laboratory'])
    expect((await screen.findByRole('button', { name: `Remove ${name}` })).getAttribute('aria-disabled')).toBe('true')
  await press('Remove Archive')
  const dialog = await screen.findByRole('dialog')
  fireEvent.change(within(dialog).getByLabelText('Type Archive'), { target: { value: 'Archive' } })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Remove Archive' }))
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Switch to Archive' })).toBeNull())
  expect(shown.asked('workspaces.remove')).toEqual([{ workspaceId: 'archive', typed: 'Archive' }])
})

test('a window whose workspace somebody removed goes where the console is used', async () => {
  const world = twoWorlds()
  using _ = showConsole(world, '/hosts/db-01')
  await screen.findByRole('heading', { name: 'db-01' })
  const other = world.workspaces.get('laboratory')
  world.workspaces.delete('first')
  if (other !== undefined) world.system = { ...world.system, workspace: other }
  world.told.workspaces.publish('changed')
  expect(await screen.findByRole('button', { name: 'Workspace Laboratory' })).toBeDefined()
})
