import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Fault } from '../../../contract/errors.ts'
import { button, press, showConsole } from '../../../test/show-console.tsx'
import { hexId } from '../../gallery/console/ids.ts'
import { busyWorld, NEWEST_SNAPSHOT, type World } from '../../gallery/console/index.ts'

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
  // Not the first row: the keyboard is on that one, and it may have been read ahead.
  await row('home')
  answers.set('tree.list', new Fault('unreachable', { host: 'backup.example', reason: 'no route to host' }))
  await open('home')
  await screen.findByText(/^backup\.example cannot be reached/)
  answers.clear()
  await press('Try again')
  expect(await row('maria')).toBeDefined()
})

test('a snapshot that is not there says so', async () => {
  using _ = showConsole(busyWorld(), PLACE.replace(NEWEST_SNAPSHOT, 'f'.repeat(64)))
  expect(await screen.findByText('This snapshot is not there')).toBeDefined()
})

/** Put the keyboard on a row. */
async function on(name: string): Promise<HTMLElement> {
  const found = await row(name)
  fireEvent.click(found)
  return await row(name)
}

function goAway(world: World): void {
  const host = world.hosts.get('db-01')
  if (host === undefined) throw new Error('the world has no db-01')
  const since = '2026-11-21T10:32:00.000Z'
  const link = { state: 'unreachable', since, reason: 'No answer', lastSeenAt: since } as const
  world.answers.set('tree.list', new Fault('unreachable', { host: 'db-01', reason: 'No answer' }))
  world.hosts.set('db-01', { ...host, link })
  world.told.hosts.publish({ ...host, link })
}

function comeBack(world: World): void {
  const host = world.hosts.get('db-01')
  if (host === undefined) throw new Error('the world has no db-01')
  const since = '2026-11-21T10:40:00.000Z'
  const link = { state: 'connected', since, reason: '', lastSeenAt: since } as const
  world.answers.clear()
  world.hosts.set('db-01', { ...host, link })
  world.told.hosts.publish({ ...host, link })
}

test('all that restic keeps of a node is shown once the keyboard rests on it, and asked for once', async () => {
  using console = showConsole(busyWorld(), PLACE)
  await open('etc')
  await on('passwd')
  expect(await screen.findByText('postgres:postgres (26:26)')).toBeDefined()
  await on('fstab')
  await screen.findByText('root:root (0:0)')
  await on('passwd')
  await screen.findByText('postgres:postgres (26:26)')
  const asked = console.asked('tree.node').map((input) => (input as { name: string }).name)
  expect(asked.filter((name) => name === 'passwd')).toHaveLength(1)
})

test('a directory is counted when asked to by key, and its size then stands in its row', async () => {
  using console = showConsole(busyWorld(), PLACE)
  const etc = await on('etc')
  fireEvent.keyDown(etc, { key: 's', code: 'KeyS', altKey: true })
  expect(await screen.findByText('46.4 KiB in 9 files, 4 directories, 1 other')).toBeDefined()
  expect((await row('etc')).textContent).toContain('46.4 KiB')
  expect(console.asked('tree.totals')).toHaveLength(1)
})

test('what was counted is known in every snapshot that has the same directory', async () => {
  const world = busyWorld()
  using console = showConsole(world, PLACE)
  await on('etc')
  await press('Count')
  await screen.findByText(/in 9 files/)
  const older = world.snapshots.get('db-01')?.[1]?.id ?? ''
  console.history.push(PLACE.replace(NEWEST_SNAPSHOT, older))
  await waitFor(async () => expect((await row('etc')).textContent).toContain('46.4 KiB'))
  expect(console.asked('tree.totals')).toHaveLength(1)
})

test('a count can be stopped', async () => {
  using _ = showConsole(busyWorld({ answers: new Map([['tree.totals', 'never']]) }), PLACE)
  await on('srv')
  await press('Count')
  await press('Stop counting')
  expect(await button('Count')).toBeDefined()
})

test('moving over files never looks into them; the key does, and closing brings the keyboard back', async () => {
  using console = showConsole(busyWorld(), PLACE)
  await open('etc')
  const fstab = await on('fstab')
  fireEvent.keyDown(fstab, { key: 'ArrowDown' })
  fireEvent.keyDown(document.activeElement ?? fstab, { key: 'ArrowUp' })
  expect(console.asked('preview.read')).toHaveLength(0)
  fireEvent.keyDown(await row('fstab'), { key: 'p', code: 'KeyP', altKey: true })
  expect(await screen.findByText('# This file is made up.')).toBeDefined()
  expect(console.asked('preview.read')).toHaveLength(1)
  await press('Close')
  await waitFor(async () => expect(document.activeElement).toBe(await row('fstab')))
})

test('a preview that a button opened gives the keyboard back to the row', async () => {
  using _ = showConsole(busyWorld(), PLACE)
  await open('etc')
  await on('fstab')
  const opener = await button('Preview')
  opener.focus()
  fireEvent.click(opener)
  await screen.findByText('# This file is made up.')
  await press('Close')
  await waitFor(async () => expect(document.activeElement).toBe(await row('fstab')))
})

test('a directory has nothing to preview', async () => {
  using console = showConsole(busyWorld(), PLACE)
  const etc = await on('etc')
  fireEvent.keyDown(etc, { key: 'p', code: 'KeyP', altKey: true })
  expect(screen.queryByRole('button', { name: 'Preview' })).toBeNull()
  expect(console.asked('preview.read')).toHaveLength(0)
})

test('the versions of a file lead to it in another snapshot', async () => {
  using console = showConsole(busyWorld(), PLACE)
  await open('etc')
  const fstab = await on('fstab')
  fireEvent.keyDown(fstab, { key: 'v', code: 'KeyV', altKey: true })
  expect(await screen.findByText(/^Versions of/)).toBeDefined()
  fireEvent.click(await screen.findByRole('button', { name: /^Show in tree/ }))
  await waitFor(() => expect(screen.queryByText(/^Versions of/)).toBeNull())
  expect(console.history.location.pathname).toContain('/snapshots/')
  await waitFor(async () => expect((await row('fstab')).dataset['active']).toBe('true'))
})

test('a preview of an old version leaves the version chosen, and its keys are those of the versions again', async () => {
  using console = showConsole(busyWorld(), PLACE)
  await open('etc')
  await open('nginx')
  fireEvent.keyDown(await on('nginx.conf'), { key: 'v', code: 'KeyV', altKey: true })
  const typed = (key: string): boolean => fireEvent.keyDown(document.activeElement ?? document.body, { key })
  await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('option'))
  typed('ArrowDown')
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Back'))
  typed('p')
  await screen.findByText('# This file is made up.')
  typed('Escape')
  await waitFor(() => expect(screen.queryByText('# This file is made up.')).toBeNull())
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Back'))
  expect(console.asked('preview.read')).toHaveLength(1)
  typed('Escape')
  await waitFor(async () => expect(document.activeElement).toBe(await row('nginx.conf')))
})

test('the slash leads to the search of this snapshot, also while the tree has the keyboard', async () => {
  using console = showConsole(busyWorld(), PLACE)
  fireEvent.keyDown(await on('etc'), { key: '/', code: 'Slash' })
  await waitFor(() => expect(console.history.location.pathname).toBe('/search'))
  expect(console.history.location.search).toContain(`snapshot=${NEWEST_SNAPSHOT}`)
})

test('a closed directory under the pointer is read before it is opened', async () => {
  using console = showConsole(busyWorld(), PLACE)
  const ofSrv = (): unknown[] =>
    console.asked('tree.list').filter((input) => (input as { treeId: string }).treeId === hexId('tree:/srv'))
  fireEvent.pointerOver(await row('srv'))
  await waitFor(() => expect(ofSrv()).toHaveLength(1))
  await open('srv')
  await row('dumps')
  expect(ofSrv()).toHaveLength(1)
})

test('while the host is away what was read can be browsed, and what was not says so quietly', async () => {
  const world = busyWorld()
  using _ = showConsole(world, PLACE)
  await open('etc')
  await choose('fstab')
  goAway(world)
  expect(await screen.findByText(/^db-01 is away since/)).toBeDefined()
  await open('home')
  expect(await screen.findByText('Not read before, so it cannot be shown while the repository is away.')).toBeDefined()
  expect((await button('Restore 1 item · 812 B')).getAttribute('aria-disabled')).toBe('true')
  comeBack(world)
  expect(await row('maria')).toBeDefined()
  expect(screen.queryByText(/is away since/)).toBeNull()
  expect((await button('Restore 1 item · 812 B')).getAttribute('aria-disabled')).toBeNull()
})

test('where nobody answers though it seemed that somebody would, the snapshots are asked for once more', async () => {
  const world = busyWorld()
  using console = showConsole(world, PLACE)
  await open('etc')
  await row('fstab')
  expect(console.asked('snapshots.list')).toHaveLength(1)
  world.answers.set('tree.list', new Fault('unreachable', { host: 'backup.example', reason: 'no route to host' }))
  await open('home')
  await screen.findByText(/^backup\.example cannot be reached/)
  await waitFor(() => expect(console.asked('snapshots.list')).toHaveLength(2))
})

test('who reads the folders is said', async () => {
  using _ = showConsole(busyWorld({ servedBy: 'restic' }), PLACE)
  expect(await screen.findByText('read by restic, slower')).toBeDefined()
})
