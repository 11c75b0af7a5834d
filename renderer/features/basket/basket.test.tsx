import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { press, showConsole } from '../../../test/show-console.tsx'
import { busyWorld, NEWEST_SNAPSHOT, type World } from '../../gallery/console/index.ts'

const placeOf = (snapshotId: string): string => `/hosts/db-01/repositories/db-01/snapshots/${snapshotId}`

async function row(name: string): Promise<HTMLElement> {
  const box = await screen.findByRole('checkbox', { name })
  const found = box.closest<HTMLElement>('[role=row]')
  if (found === null) throw new Error(`${name} is in no row`)
  return found
}

async function choose(folder: string, name: string): Promise<void> {
  const chevron = (await row(folder)).querySelector('[data-act=open]')
  if (chevron !== null && screen.queryByRole('checkbox', { name }) === null) fireEvent.click(chevron)
  await row(name)
  fireEvent.click(screen.getByRole('checkbox', { name }))
}

async function chip(name: string): Promise<HTMLAnchorElement> {
  return await screen.findByRole<HTMLAnchorElement>('link', { name })
}

/** Two files of the newest snapshot, and one of another. */
async function fillBasket(world: World, name = 'passwd') {
  const console = showConsole(world, placeOf(NEWEST_SNAPSHOT))
  await choose('etc', 'fstab')
  await choose('etc', 'hosts')
  const older = world.snapshots.get('db-01')?.[4]?.id ?? ''
  console.history.push(placeOf(older))
  await waitFor(async () => expect((await row('etc')).getAttribute('aria-selected')).toBe('false'))
  await choose('etc', name)
  return console
}

test('what is selected in each snapshot is in the basket, which survives changing the snapshot', async () => {
  using _ = await fillBasket(busyWorld())
  await screen.findByRole('button', { name: 'Restore 1 item · 1.86 KiB' })
  fireEvent.click(await chip('Basket · 3 items of 2 snapshots'))
  const newest = await screen.findByRole('region', { name: /^From 21 Nov 2026/ })
  expect(within(newest).getByText('/etc/fstab')).toBeDefined()
  const older = screen.getByRole('region', { name: /^From 17 Nov 2026/ })
  expect(within(older).getByText('/etc/passwd')).toBeDefined()
  expect(await screen.findByText(/^Restore 3 files, 2\.89 KiB, from 2 snapshots into a fresh folder/)).toBeDefined()
})

test('a path that is taken out of the basket is selected in its tree no more', async () => {
  using console = await fillBasket(busyWorld())
  fireEvent.click(await chip('Basket · 3 items of 2 snapshots'))
  await press('Take out /etc/fstab')
  expect(await screen.findByText(/^Restore 2 files/)).toBeDefined()
  console.history.push(placeOf(NEWEST_SNAPSHOT))
  await waitFor(async () => expect((await row('fstab')).getAttribute('aria-selected')).toBe('false'))
  expect((await row('hosts')).getAttribute('aria-selected')).toBe('true')
})

test('one snapshot can be restored without the rest of the basket', async () => {
  using console = await fillBasket(busyWorld())
  await press('Restore 1 item · 1.86 KiB')
  expect(await screen.findByText(/^Restore 1 file, 1\.86 KiB, from db-01’s snapshot of 17 Nov 2026/)).toBeDefined()
  const [planned] = console.asked('restores.plan')
  expect(planned).toMatchObject({ request: { sources: [{ selection: { include: ['/etc/passwd'] } }] } })
  fireEvent.click(screen.getByRole('radio', { name: 'The basket · 3 items' }))
  expect(await screen.findByText(/^Restore 3 files/)).toBeDefined()
})

test('two versions of one path are flagged, nothing is planned, and either can be dropped', async () => {
  using console = await fillBasket(busyWorld(), 'fstab')
  fireEvent.click(await chip('Basket · 3 items of 2 snapshots'))
  expect(await screen.findByText('Two versions of one path.')).toBeDefined()
  expect(console.asked('restores.plan')).toEqual([])
  fireEvent.click(await screen.findByRole('button', { name: /^Drop that of 17 Nov 2026.*: \/etc\/fstab$/ }))
  await waitFor(() => expect(screen.queryByText('Two versions of one path.')).toBeNull())
  expect(await screen.findByText(/^Restore 2 files, 1\.03 KiB, from db-01’s snapshot of 21 Nov 2026/)).toBeDefined()
})

test('what was found, and a version of it, go to the basket by key', async () => {
  using _ = showConsole(busyWorld(), '/search?in=repository&host=db-01&repository=db-01&text=nginx.conf')
  const text = await waitFor(() => {
    const found = document.querySelector('[role=row] [title="nginx.conf"]')
    if (found === null) throw new Error('there is no row')
    return found
  })
  fireEvent.click(text)
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'b' })
  await chip('Basket · 1 item')
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'v' })
  await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('option'))
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'ArrowDown' })
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Back'))
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'b' })
  expect(await screen.findByText('Basket · 2 items of 2 snapshots')).toBeDefined()
})

test('thirteen snapshots that were looked into do not make the basket forget the first', async () => {
  const world = busyWorld()
  using console = showConsole(world, placeOf(NEWEST_SNAPSHOT))
  await choose('etc', 'fstab')
  for (const { id } of world.snapshots.get('db-01')?.slice(1, 15) ?? []) {
    console.history.push(placeOf(id))
    await waitFor(async () => expect((await row('etc')).getAttribute('aria-selected')).toBe('false'))
  }
  expect(await chip('Basket · 1 item')).toBeDefined()
})

test('another moment can be taken with the same paths, and then the first holds them no more', async () => {
  const world = busyWorld()
  using console = showConsole(world, placeOf(NEWEST_SNAPSHOT))
  await choose('etc', 'fstab')
  await press('Restore 1 item · 812 B')
  await screen.findByText(/^Restore 1 file, 812 B, from db-01’s snapshot of 21 Nov/)
  const older = world.snapshots.get('db-01')?.[2]?.id ?? ''
  console.history.replace(`/hosts/db-01/restore?repository=db-01&snapshot=${older}`)
  fireEvent.click(await screen.findByRole('button', { name: /^Take the same 1 item as of 21 Nov 2026/ }))
  expect(await screen.findByText(/^Restore 1 file, 812 B, from db-01’s snapshot of 19 Nov/)).toBeDefined()
  const last = console.asked('restores.plan').at(-1)
  expect(last).toMatchObject({ request: { sources: [{ snapshotId: older, selection: { include: ['/etc/fstab'] } }] } })
})
