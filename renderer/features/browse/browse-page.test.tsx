import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Fault } from '../../../contract/errors.ts'
import { button, press, showConsole } from '../../../test/show-console.tsx'
import { busyWorld, NEWEST_SNAPSHOT } from '../../gallery/console/index.ts'

const PLACE = `/hosts/db-01/repositories/db-01/snapshots/${NEWEST_SNAPSHOT}`

async function row(name: string): Promise<HTMLElement> {
  const box = await screen.findByRole('checkbox', { name })
  const found = box.closest<HTMLElement>('[role=row]')
  if (found === null) throw new Error(`${name} is in no row`)
  return found
}

async function choose(name: string): Promise<void> {
  await row(name)
  fireEvent.click(screen.getByRole('checkbox', { name }))
}

async function open(name: string): Promise<void> {
  const chevron = (await row(name)).querySelector('[data-act=open]')
  if (chevron !== null) fireEvent.click(chevron)
}

test('a directory is read when it is opened, and only once', async () => {
  using console = showConsole(busyWorld(), PLACE)
  await open('etc')
  await row('fstab')
  await open('etc')
  await waitFor(() => expect(screen.queryByRole('checkbox', { name: 'fstab' })).toBeNull())
  await open('etc')
  await row('fstab')
  expect(console.asked('tree.list')).toHaveLength(2)
})

test('names that are not text are shown as escapes', async () => {
  using _ = showConsole(busyWorld(), PLACE)
  await open('home')
  await open('maria')
  expect((await row('bad\\xffname')).textContent).toContain('bad\\xffname')
  expect((await row('line\\nbreak')).textContent).toContain('line\\nbreak')
})

test('what is selected goes to the wizard, and is still selected on the way back', async () => {
  using console = showConsole(busyWorld(), PLACE)
  await open('etc')
  await choose('fstab')
  await choose('hosts')
  await press('Restore 2 items · 1.03 KiB')
  await screen.findByText('/etc/fstab')
  expect(console.history.location.pathname).toBe('/hosts/db-01/restore')
  console.history.back()
  expect((await row('fstab')).getAttribute('aria-selected')).toBe('true')
  expect((await row('passwd')).getAttribute('aria-selected')).toBe('false')
  await button('Restore 2 items · 1.03 KiB')
  expect(console.asked('tree.list')).toHaveLength(2)
})

test('a directory that was not read says no more than is known', async () => {
  using _ = showConsole(busyWorld(), PLACE)
  await choose('srv')
  expect(await button('Restore 1 item')).toBeDefined()
  await open('etc')
  await choose('fstab')
  expect(await button('Restore 2 items · at least 812 B')).toBeDefined()
})

test('an empty directory says so', async () => {
  using _ = showConsole(busyWorld(), PLACE)
  await open('var')
  await open('lib')
  expect(await screen.findByText('empty')).toBeDefined()
})

test('a directory that cannot be read says why, and is read again when asked to', async () => {
  const answers = new Map<string, Fault | 'never'>()
  using _ = showConsole(busyWorld({ answers }), PLACE)
  await row('etc')
  answers.set('tree.list', new Fault('unreachable', { host: 'backup.example', reason: 'no route to host' }))
  await open('etc')
  await screen.findByText(/^backup\.example cannot be reached/)
  answers.clear()
  await press('Try again')
  expect(await row('fstab')).toBeDefined()
})

test('a snapshot that is not there says so', async () => {
  using _ = showConsole(busyWorld(), PLACE.replace(NEWEST_SNAPSHOT, 'f'.repeat(64)))
  expect(await screen.findByText('This snapshot is not there')).toBeDefined()
})
