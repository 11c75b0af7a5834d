import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Fault } from '../../../contract/errors.ts'
import { button, fill, press, showConsole } from '../../../test/show-console.tsx'
import { repositoryView } from '../../gallery/console/fleet.ts'
import { busyWorld, type World } from '../../gallery/console/index.ts'

const absent = new Fault('repository_not_initialised', {})

function withRepository(world: World, openedBefore: boolean): World {
  const host = world.hosts.get('db-02')
  if (host === undefined) throw new Error('the world has no db-02')
  world.hosts.set('db-02', { ...host, repositories: [repositoryView('db-02', { openedBefore })] })
  return world
}

async function choose(item: string): Promise<void> {
  fireEvent.click(await screen.findByRole('menuitem', { name: item }))
}

test('a backup goes to its run, and the run to the snapshot that it made', async () => {
  using console = showConsole(busyWorld({ pace: 5 }), '/hosts/db-02')
  await press('Back up now')
  await waitFor(() => expect(console.history.location.pathname).toMatch(/^\/hosts\/db-02\/runs\//))
  expect(await screen.findByRole('link', { name: 'Browse the snapshot' })).toBeDefined()
})

test('a repository is made where the place says that there is none, and nowhere else', async () => {
  const unreachable = new Fault('unreachable', { host: 'backup.example', reason: 'refused' })
  const world = withRepository(busyWorld({ answers: new Map([['snapshots.list', unreachable]]) }), false)
  using console = showConsole(world, '/hosts/db-02')
  await screen.findByText('backup.example cannot be reached')
  expect(screen.queryByText(/Initialise/)).toBeNull()
  world.answers.set('snapshots.list', absent)
  await press('Try again')
  await press('Initialise a new repository here')
  await waitFor(() => expect(console.asked('repositories.initialise')).toHaveLength(1))
  expect(console.asked('repositories.initialise')[0]).toMatchObject({ again: null })
})

test('where one was opened before, a new one needs the name of the host and a reason', async () => {
  const world = withRepository(busyWorld({ answers: new Map([['snapshots.list', absent]]) }), true)
  using console = showConsole(world, '/hosts/db-02')
  await screen.findByText('This repository was opened before')
  expect(screen.queryByText(/Initialise/)).toBeNull()
  await press('Create anew…')
  await fill('Type db-02', 'db-01')
  await fill('Why', 'the disk died')
  expect((await button('Create it anew')).disabled).toBe(true)
  await fill('Type db-02', 'db-02')
  await press('Create it anew')
  await waitFor(() => expect(console.asked('repositories.initialise')).toHaveLength(1))
  expect(console.asked('repositories.initialise')[0]).toMatchObject({
    again: { hostname: 'db-02', reason: 'the disk died' },
  })
})

test('changed credentials: what is left empty is sent as unchanged', async () => {
  using console = showConsole(busyWorld(), '/hosts/db-02')
  fireEvent.click(await screen.findByRole('button', { name: 'More for db-02' }))
  await choose('Name and passwords…')
  await fill('Password of the REST server', 'another')
  await press('Test and keep')
  await waitFor(() => expect(console.asked('repositories.change')).toHaveLength(1))
  expect(console.asked('repositories.change')[0]).toMatchObject({
    name: null,
    username: null,
    password: null,
    serverPassword: 'another',
  })
  await waitFor(() => expect(screen.queryByText('Test and keep')).toBeNull())
})

test('a host is removed once its name is typed, and what stays is said', async () => {
  using console = showConsole(busyWorld(), '/hosts/db-02')
  await press('Host')
  await choose('Remove this host…')
  expect(await screen.findByText(/restore-agent peers revoke/)).toBeDefined()
  expect((await button('Remove db-02')).disabled).toBe(true)
  await fill('Type db-02', 'db-02')
  await press('Remove db-02')
  await waitFor(() => expect(console.history.location.pathname).toBe('/'))
  expect(await screen.findByText('all', { exact: false, selector: 'button' })).toBeDefined()
  await waitFor(() => expect(screen.queryAllByText('db-02')).toEqual([]))
})

test('a host that lets nobody in says what to do, is tried when asked, and holds back what cannot be done', async () => {
  using console = showConsole(busyWorld(), '/hosts/vpn-gate')
  expect(await screen.findByText(/^There is no way in to vpn-gate since/)).toBeDefined()
  const add = await button('Add a repository…')
  expect(add.getAttribute('aria-disabled')).toBe('true')
  expect(add.getAttribute('aria-description')).toMatch(/does not let this console in\. It was last seen/)
  await press('Try now')
  await waitFor(() => expect(console.asked('hosts.reach')).toEqual([{ hostId: 'vpn-gate' }]))
})

test('a password for the server is made in the page, shown once, and tested with', async () => {
  using console = showConsole(busyWorld(), '/hosts/db-02')
  await press('Add a repository…')
  await fill('Address', 'rest:https://backup.example:8000/new/')
  await fill('User of the REST server', 'db-02')
  await press('Make one')
  expect(await screen.findByText('htpasswd -B -i /path/to/.htpasswd db-02')).toBeDefined()
  const field = screen.getByLabelText<HTMLInputElement>('Password of the REST server', { selector: 'input' })
  expect(field.value).toMatch(/^[A-Za-z0-9_-]{32}$/)
  expect(screen.getByText(field.value)).toBeDefined()
  await fill('Password of the repository', 'hunter2')
  await press('Test')
  await waitFor(() => expect(console.asked('repositories.test')).toHaveLength(1))
  expect(console.asked('repositories.test')[0]).toMatchObject({ serverPassword: field.value })
})
