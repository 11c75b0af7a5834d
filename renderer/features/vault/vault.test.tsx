import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { button, fill, press, showConsole } from '../../../test/show-console.tsx'
import { emptyWorld } from '../../gallery/console/index.ts'

const file = (state: 'absent' | 'locked') =>
  emptyWorld({ secrets: { store: 'file', state, reason: 'No keychain here.' } })

test('nothing is shown before the secrets are open, and a wrong passphrase is said so', async () => {
  using _ = showConsole(file('locked'), '/')
  await fill('Passphrase', 'not this one')
  await press('Unlock')
  expect(await screen.findByText(/This is not the passphrase/)).toBeDefined()
  expect(screen.queryByText('Get data back')).toBeNull()
  await fill('Passphrase', 'correct horse battery')
  expect(screen.queryByText(/This is not the passphrase/)).toBeNull()
  await press('Unlock')
  expect(await screen.findByText('Get data back')).toBeDefined()
})

test('a passphrase is kept when it is long enough and was typed twice', async () => {
  using console = showConsole(file('absent'), '/')
  expect(await screen.findByText('No keychain here.')).toBeDefined()
  await fill('Passphrase', 'correct horse')
  await fill('The same again', 'correct house')
  expect(screen.getByText('The two are not the same.')).toBeDefined()
  expect((await button('Keep it')).disabled).toBe(true)
  await fill('The same again', 'correct horse')
  await press('Keep it')
  expect(await screen.findByText('Get data back')).toBeDefined()
  expect(console.asked('secrets.create')).toEqual([{ passphrase: 'correct horse' }])
})
