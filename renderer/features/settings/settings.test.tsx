import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { press, showConsole } from '../../../test/show-console.tsx'
import { currentPreferences } from '../../components/preferences.ts'
import { busyWorld } from '../../gallery/console/index.ts'
import { reloadWindow } from '../../language/reload-window.ts'

// The test's page cannot be loaded anew.
vi.mock('../../language/reload-window.ts', () => ({ reloadWindow: vi.fn() }))

beforeEach(() => window.localStorage.clear())

const key = (target: Element, pressed: string, more: object = {}): void =>
  void fireEvent.keyDown(target, { key: pressed, code: `Key${pressed.toUpperCase()}`, ...more })

test('every key of the page is listed, and another one can be chosen there', async () => {
  using _ = showConsole(busyWorld(), '/')
  await screen.findByText('all keys')
  fireEvent.keyDown(document.documentElement, { key: '?', code: 'Slash', shiftKey: true })
  const list = await screen.findByRole('list', { name: 'Keys of this page' })
  await waitFor(() =>
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(expect.arrayContaining([expect.stringMatching(/^filter/), expect.stringMatching(/^pin/)])),
  )
  const change = within(list).getByRole('button', { name: /^Change the keys for filter/ })
  fireEvent.click(change)
  key(change, 'z')
  fireEvent.keyDown(change, { key: 'Escape', code: 'Escape' })
  expect(currentPreferences().keys).toEqual({ '/ filter': 'z' })
  await waitFor(() => expect(screen.queryByRole('list', { name: 'Keys of this page' })).toBeNull())
  fireEvent.keyDown(document.documentElement, { key: '/', code: 'Slash' })
  expect(document.activeElement?.getAttribute('aria-label')).not.toBe('Filter hosts')
  key(document.documentElement, 'z')
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Filter hosts')
})

test('keys that something else has on the same page are refused with its name, and the usual ones come back', async () => {
  using _ = showConsole(busyWorld(), '/settings')
  const change = await screen.findByRole('button', { name: /^Change the keys for pin/ })
  fireEvent.click(change)
  key(change, 'l')
  await screen.findByText('It is already “labels” on Hosts.')
  expect(currentPreferences().keys).toEqual({})
  key(change, 'y')
  expect(currentPreferences().keys).toEqual({ 'p pin': 'y' })
  fireEvent.click(await screen.findByRole('button', { name: 'Usual keys for pin on Hosts' }))
  expect(currentPreferences().keys).toEqual({})
})

test('sizes and contrast are seen at once', async () => {
  using _ = showConsole(busyWorld(), '/settings')
  fireEvent.click(await screen.findByLabelText('125 %'))
  await waitFor(() => expect(document.documentElement.style.fontSize).toBe('125%'))
  fireEvent.click(screen.getByLabelText(/High contrast/))
  await waitFor(() => expect(document.documentElement.hasAttribute('data-strong')).toBe(true))
  fireEvent.click(screen.getByLabelText('Dark'))
  await waitFor(() => expect(document.documentElement.dataset['mantineColorScheme']).toBe('dark'))
})

test('another language is kept, and spoken once the window is loaded anew', async () => {
  using _ = showConsole(busyWorld(), '/settings')
  const languages = await screen.findByRole('radiogroup', { name: 'Language' })
  expect(within(languages).getByLabelText<HTMLInputElement>('As the system').checked).toBe(true)
  fireEvent.click(within(languages).getByLabelText('Deutsch'))
  expect(currentPreferences().language).toBe('de')
  expect(reloadWindow).toHaveBeenCalledTimes(1)
  fireEvent.click(within(languages).getByLabelText('Deutsch'))
  expect(reloadWindow).toHaveBeenCalledTimes(1)
  fireEvent.keyDown(document.documentElement, { key: 'k', code: 'KeyK', ctrlKey: true })
  fireEvent.change(await screen.findByRole('combobox', { name: 'Go to or do' }), { target: { value: 'sprache' } })
  fireEvent.click(await screen.findByRole('option', { name: 'Language: English' }))
  await waitFor(() => expect(currentPreferences().language).toBe('en'))
  expect(reloadWindow).toHaveBeenCalledTimes(2)
})

test('it says where secrets and all the rest are kept', async () => {
  using _ = showConsole(busyWorld(), '/settings')
  await screen.findByText('In the keychain of the operating system, open')
  expect(await screen.findByText('/home/maria/.config/restore-console')).toBeDefined()
})

test('the diagnostics are shown before they are saved, and masked until somebody wants the names', async () => {
  using _ = showConsole(busyWorld(), '/settings')
  await press('Diagnostics…')
  const bundle = await screen.findByRole('region', { name: 'What is saved' })
  await waitFor(() => expect(bundle.textContent).toContain('hosts: 9'))
  expect(bundle.textContent).toMatch(/a run has begun host=host-\d+ kind=restore target=\/xxx\//)
  expect(bundle.textContent).not.toMatch(/db-01|maria/)
  fireEvent.click(within(await screen.findByRole('dialog')).getByLabelText('Mask host names and paths'))
  await waitFor(() => expect(bundle.textContent).toContain('host=db-01'))
})

test('names of hosts and paths are masked on the screen with one key, and shown again with the same', async () => {
  using _ = showConsole(busyWorld(), '/')
  await screen.findByText('db-01')
  key(document.documentElement, 'm', { altKey: true })
  await waitFor(() =>
    expect(screen.queryAllByText(/db-0[12]|files-north|lab-win-7/).map(({ outerHTML }) => outerHTML)).toEqual([]),
  )
  expect(screen.getAllByText(/^host-\d+$/).length).toBeGreaterThan(5)
  await screen.findByRole('button', { name: 'Stop masking' })
  key(document.documentElement, 'm', { altKey: true })
  await screen.findByText('db-01')
})

test('what is edited is never a mask', async () => {
  window.localStorage.setItem('restore-console-preferences', '{"masked": true}')
  using _ = showConsole(busyWorld(), '/hosts/db-01')
  await press('Host')
  fireEvent.click(await screen.findByText('Name and labels…'))
  expect(await screen.findByDisplayValue('db-01')).toBeDefined()
})
