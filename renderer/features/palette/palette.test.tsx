import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { showConsole } from '../../../test/show-console.tsx'
import { busyWorld, crowdedWorld } from '../../gallery/console/index.ts'
import { PRESENT } from '../../gallery/console/moments.ts'

beforeEach(() => {
  window.localStorage.clear()
  vi.useFakeTimers({ toFake: ['Date'], now: PRESENT })
  return () => void vi.useRealTimers()
})

async function open(): Promise<HTMLElement> {
  await screen.findByText('find anything')
  fireEvent.keyDown(document.documentElement, { key: 'k', code: 'KeyK', ctrlKey: true })
  return await screen.findByRole('combobox', { name: 'Go to or do' })
}

const type = (field: HTMLElement, text: string): void => void fireEvent.change(field, { target: { value: text } })

const press = (field: HTMLElement, code: string): void => void fireEvent.keyDown(field, { key: code, code })

test('some letters and Enter lead to a host', async () => {
  using shown = showConsole(busyWorld(), '/audit')
  const field = await open()
  type(field, 'files-n')
  await screen.findByRole('group', { name: 'Snapshots' })
  await waitFor(() =>
    expect(document.querySelector('[data-combobox-selected]')?.textContent).toMatch(/^files-northlast/),
  )
  press(field, 'Enter')
  await waitFor(() => expect(shown.history.location.pathname).toBe('/hosts/files-north'))
  expect(screen.queryByRole('combobox', { name: 'Go to or do' })).toBeNull()
})

test('a host and a day find its snapshots of that day', async () => {
  using shown = showConsole(busyWorld(), '/')
  type(await open(), 'db-01 yesterday')
  const found = await screen.findAllByRole('option', { name: /^db-01 20 Nov/ })
  const snapshots = within(await screen.findByRole('group', { name: 'Snapshots' })).getAllByRole('option')
  expect(snapshots.every(({ textContent }) => textContent?.startsWith('db-01 20 Nov'))).toBe(true)
  fireEvent.click(found[0] as HTMLElement)
  await waitFor(() =>
    expect(shown.history.location.pathname).toMatch(/^\/hosts\/db-01\/repositories\/[^/]+\/snapshots\/[0-9a-f]{64}$/),
  )
})

test('what the page can do is offered and done, and what was opened stands first the next time', async () => {
  using shown = showConsole(busyWorld(), '/')
  const actions = await (async () => {
    await open()
    return screen.findByRole('group', { name: 'On this page' })
  })()
  fireEvent.click(within(actions).getByRole('option', { name: /^Filter/ }))
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Filter hosts'))
  type(await open(), 'recent rest')
  fireEvent.click(await screen.findByRole('option', { name: /^Recent restores/ }))
  await waitFor(() => expect(shown.history.location.pathname).toBe('/audit'))
  await open()
  const recent = await screen.findByRole('group', { name: 'Recent' })
  expect(
    within(recent)
      .getAllByRole('option')
      .map(({ textContent }) => textContent),
  ).toEqual(['Recent restores'])
})

test('what nothing is called can be looked for in files', async () => {
  using shown = showConsole(busyWorld(), '/')
  type(await open(), 'budget.xlsx')
  await screen.findByText(/Nothing here is called/)
  fireEvent.click(await screen.findByRole('option', { name: /^Search files for/ }))
  await waitFor(() => expect(shown.history.location.search).toBe('?text=budget.xlsx'))
})

test('of a thousand hosts few are drawn, and the snapshots of few are asked for', async () => {
  using shown = showConsole(crowdedWorld(), '/')
  type(await open(), 'db')
  const hosts = await screen.findByRole('group', { name: /^Hosts · \d+ more$/ })
  expect(within(hosts).getAllByRole('option')).toHaveLength(6)
  await waitFor(() => expect(shown.asked('snapshots.list').length).toBeGreaterThan(0))
  expect(shown.asked('snapshots.list').length).toBeLessThanOrEqual(8)
})

test('Escape closes it and gives the focus back', async () => {
  using _ = showConsole(busyWorld(), '/')
  const filter = await screen.findByLabelText('Filter hosts')
  filter.focus()
  const field = await open()
  await waitFor(() => expect(document.activeElement).toBe(field))
  press(field, 'Escape')
  await waitFor(() => expect(document.activeElement).toBe(filter))
})
