import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Fault } from '../../../contract/errors.ts'
import { button, fill, press, showConsole } from '../../../test/show-console.tsx'
import { emptyWorld } from '../../gallery/console/index.ts'

async function enter(): Promise<void> {
  await press('Add a repository…')
  await fill('Address', 'rest:https://maria:secret@backup.example:8000/laptop/')
  await fill('Password of the repository', 'hunter2')
}

test('what was not tested cannot be saved, and neither can what changed since', async () => {
  using console = showConsole(emptyWorld(), '/')
  await enter()
  expect((await button('Save')).disabled).toBe(true)
  await press('Test')
  expect(await screen.findByText('opened, 96 snapshots')).toBeDefined()
  expect((await button('Save')).disabled).toBe(false)
  await fill('Password of the repository', 'hunter3')
  expect((await button('Save')).disabled).toBe(true)
  expect(screen.queryByText('opened, 96 snapshots')).toBeNull()
  expect(console.asked('repositories.add')).toEqual([])
})

test('a saved repository opens on its host', async () => {
  using console = showConsole(emptyWorld(), '/')
  await enter()
  await press('Test')
  await screen.findByText('opened, 96 snapshots')
  await press('Save')
  await waitFor(() => expect(console.history.location.pathname).toBe('/hosts/local'))
  expect(console.asked('repositories.add')).toEqual([
    expect.objectContaining({ name: 'laptop', access: expect.objectContaining({ password: 'hunter2' }) }),
  ])
  expect(await screen.findByRole('tab', { name: 'laptop' })).toBeDefined()
})

test('where nothing is, a repository is made by a run, and only then', async () => {
  const none = new Fault('repository_not_initialised', {})
  using console = showConsole(emptyWorld({ answers: new Map([['repositories.test', none]]), pace: 5 }), '/')
  await enter()
  await press('Test')
  await press('Initialise a new repository here')
  await waitFor(() => expect(console.history.location.pathname).toMatch(/^\/hosts\/local\/runs\//))
  expect(console.asked('repositories.add')).toHaveLength(1)
})

test.each([
  [
    'wrong server credentials',
    new Fault('unauthenticated', { by: 'backend' }),
    'The server refused the user name or password',
  ],
  ['a wrong password', new Fault('wrong_password', {}), 'The password is wrong'],
  [
    'a server that does not answer',
    new Fault('unreachable', { host: 'backup.example', reason: 'refused' }),
    'backup.example cannot be reached',
  ],
])('%s cannot be saved and is told apart', async (_, fault, title) => {
  using _console = showConsole(emptyWorld({ answers: new Map([['repositories.test', fault]]) }), '/')
  await enter()
  await press('Test')
  expect(await screen.findByText(title)).toBeDefined()
  expect((await button('Save')).disabled).toBe(true)
  expect(screen.queryByText('Initialise a new repository here')).toBeNull()
})
