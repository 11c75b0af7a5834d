import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { fill, press, showConsole } from '../../../test/show-console.tsx'
import { busyWorld, type World } from '../../gallery/console/index.ts'

/** Only the restores of the last days, each of which a test can name. */
function fewRestores(): World {
  const world = busyWorld()
  world.pastRestores = world.pastRestores.filter(({ id }) => !id.startsWith('past-'))
  return world
}

const restores = () => screen.findByRole('grid', { name: 'Recent restores' })

async function openRow(text: string): Promise<HTMLElement> {
  const row = (await within(await restores()).findByText(text)).closest<HTMLElement>('[data-row]')
  if (row === null) throw new Error('no such row')
  fireEvent.click(row)
  return await screen.findByRole('dialog')
}

test('who looked into which file stands apart from what was restored', async () => {
  using console = showConsole(fewRestores(), '/audit')
  await restores()
  fireEvent.click(await screen.findByRole('radio', { name: 'Previews' }))
  const previews = await screen.findByRole('grid', { name: 'Recent previews' })
  expect(await within(previews).findByText('/etc/shadow')).toBeDefined()
  expect(within(previews).getByText('refused')).toBeDefined()
  expect(console.history.location.search).toBe('?show=previews')
})

test('a host’s own restores are those on it, also from other consoles, and lead to all of them', async () => {
  using console = showConsole(busyWorld(), '/hosts/db-02')
  const recent = await screen.findByRole('grid', { name: 'Recent restores of this host' })
  await waitFor(() => expect(within(recent).getAllByRole('row')).toHaveLength(5))
  fireEvent.click(await screen.findByRole('link', { name: /^All .* restores on this host$/ }))
  expect(await screen.findByRole('button', { name: 'Host: db-02' })).toBeDefined()
  expect(console.history.location.search).toBe('?host=db-02')
})

test('a restore’s record says who, why, by which plan, what proves the result, and what was there before', async () => {
  using console = showConsole(fewRestores(), '/audit')
  const details = await openRow('/srv/share/prices')
  await waitFor(() => expect(details.textContent).toContain('by way of desktop'))
  expect(details.textContent).toContain('“The nightly import overwrote the price lists”')
  expect(details.textContent).toContain('equal to the snapshot')
  await within(details).findByText(/would delete/)
  expect(details.textContent).toContain('restic -r rest:https://backup.example:8000/files-north/ restore 3f9c2a71')
  expect(await within(details).findByText('/srv/share/prices/old-2019.ods')).toBeDefined()
  expect(details.textContent).toContain('deleted')
  expect(within(details).getAllByRole('button', { name: 'Show' }).length).toBeGreaterThan(2)
  fireEvent.click(within(details).getByRole('link', { name: 'Open the run' }))
  await waitFor(() => expect(console.history.location.pathname).toBe('/hosts/files-north/runs/run-originals'))
})

test('the keys j and k go through the list while a record is open', async () => {
  using _ = showConsole(fewRestores(), '/audit')
  const details = await openRow('/srv/share/prices')
  expect(details.textContent).toContain('10 of ')
  fireEvent.keyDown(document.body, { key: 'j' })
  await waitFor(() => expect(details.textContent).toContain('11 of '))
  expect(details.textContent).toContain('/srv/archive')
  fireEvent.keyDown(document.body, { key: 'k' })
  fireEvent.keyDown(document.body, { key: 'k' })
  await waitFor(() => expect(details.textContent).toContain('9 of '))
})

test('what was refused never ran, and says so', async () => {
  using _ = showConsole(fewRestores(), '/audit?outcome=refused')
  const grid = await restores()
  const row = (await within(grid).findByText('refused')).closest('[data-row]')
  expect(row?.textContent).toContain('web-01')
  expect(within(grid).getAllByRole('row')).toHaveLength(2)
})

test('filters narrow the list and stand in the address', async () => {
  using console = showConsole(busyWorld(), '/audit')
  await restores()
  await press('Target')
  fireEvent.click(await screen.findByRole('option', { name: 'in place', hidden: true }))
  await waitFor(() => expect(console.history.location.search).toBe('?target=in-place'))
  await fill('Filter', 'prices')
  await waitFor(() => expect(console.history.location.search).toBe('?target=in-place&text=prices'))
  const asked = console.asked('pastRestores.page').at(-1)
  expect(asked).toMatchObject({ filter: { targets: ['in-place'], text: 'prices' }, offset: 0 })
})

test('a day of the strip narrows to that day, and pressed again it does not', async () => {
  using console = showConsole(busyWorld(), '/audit')
  const strip = await screen.findByRole('group', { name: 'Restores of the last days' })
  const [today] = (await within(strip).findAllByRole('button')).slice(-1)
  if (today === undefined) throw new Error('the strip has no day')
  fireEvent.click(today)
  await waitFor(() => expect(console.history.location.search).toMatch(/^\?when=\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d$/))
  expect(today.getAttribute('aria-pressed')).toBe('true')
  fireEvent.click(today)
  await waitFor(() => expect(console.history.location.search).toBe(''))
})

test('the strip is one stop of the keyboard, and arrows go through its days', async () => {
  using _ = showConsole(busyWorld(), '/audit')
  const strip = await screen.findByRole('group', { name: 'Restores of the last days' })
  const days = await within(strip).findAllByRole('button')
  expect(days).toHaveLength(90)
  expect(days.filter((day) => day.tabIndex === 0)).toEqual([days[89]])
  days[89]?.focus()
  fireEvent.keyDown(days[89] ?? strip, { key: 'ArrowLeft' })
  expect(document.activeElement).toBe(days[88])
  fireEvent.keyDown(days[88] ?? strip, { key: 'PageUp' })
  expect(document.activeElement).toBe(days[81])
})

async function nameView(name: string): Promise<void> {
  await fill('Name', name)
  await press('Save')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
}

test('filters are kept under a name, renamed, and deleted', async () => {
  using console = showConsole(busyWorld(), '/audit?target=in-place&host=db-01')
  await press('Views')
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Save these filters as a view…', hidden: true }))
  await nameView('Not verified, db-01')
  await press('Not verified, db-01')
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Rename “Not verified, db-01”…', hidden: true }))
  await nameView('In place, db-01')
  await press('In place, db-01')
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Failed or partial', hidden: true }))
  await waitFor(() => expect(console.history.location.search).toBe('?outcome=partial%2Cfailed%2Cinterrupted'))
  await press('Failed or partial')
  fireEvent.click(await screen.findByRole('menuitem', { name: 'In place, db-01', hidden: true }))
  await press('In place, db-01')
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Delete “In place, db-01”', hidden: true }))
  expect(await screen.findByRole('button', { name: 'Views' })).toBeDefined()
  const put = console.asked('savedViews.put')
  expect(put).toMatchObject([{ name: 'Not verified, db-01' }, { name: 'In place, db-01' }])
  expect(put[0]).toMatchObject({ filters: { target: 'in-place', host: 'db-01' } })
})

test('what is listed is handed over as a file, and main is told so', async () => {
  const kept: Blob[] = []
  URL.createObjectURL = (blob) => (blob instanceof Blob ? `blob:${kept.push(blob)}` : '')
  URL.revokeObjectURL = () => undefined
  const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  const world = fewRestores()
  world.pastRestores = world.pastRestores.map((one, at) => (at === 0 ? { ...one, reason: '=cmd()' } : one))
  using console = showConsole(world, '/audit')
  await restores()
  await press('Export')
  fireEvent.click(await screen.findByRole('menuitem', { name: 'CSV, for people and spreadsheets', hidden: true }))
  await vi.waitFor(() => expect(saved).toHaveBeenCalledOnce())
  saved.mockRestore()
  const lines = ((await kept[0]?.text()) ?? '').trimEnd().split('\r\n')
  expect(lines).toHaveLength(world.pastRestores.length + 1)
  expect(lines[0]).toMatch(/^asked,who,host,/)
  expect(lines[1]).toContain("'=cmd()")
  expect(console.asked('pastRestores.export')).toMatchObject([{ format: 'csv' }])
})

test('what was read back and differs is said in the list', async () => {
  using _ = showConsole(fewRestores(), '/audit?verified=differs')
  const differs = (await within(await restores()).findByText('1 differs, 1 unread')).closest('[role=row]')
  expect(differs?.textContent).toContain('partial')
})
