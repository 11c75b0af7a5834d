import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Fault } from '../../../contract/errors.ts'
import { press, showConsole } from '../../../test/show-console.tsx'
import { busyWorld, type World } from '../../gallery/console/index.ts'

/** The versions of a path that is searched for, opened from what was found. */
async function showVersions(name: string, world: World = busyWorld()) {
  const console = showConsole(world, `/search?in=repository&host=db-01&repository=db-01&text=${name}`)
  const text = await waitFor(() => {
    const found = document.querySelector(`[role=row] [title="${name}"]`)
    if (found === null) throw new Error(`there is no row for ${name}`)
    return found
  })
  fireEvent.click(text)
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'v' })
  await screen.findByRole('dialog')
  return console
}

/** The versions, once they have the keyboard. */
async function versions(): Promise<HTMLElement[]> {
  await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('option'))
  return screen.getAllByRole('option')
}

function type(key: string): void {
  fireEvent.keyDown(document.activeElement ?? document.body, { key })
}

test('only the snapshots in which something changed are listed, newest first, and the list has the keyboard', async () => {
  using console = await showVersions('nginx.conf')
  const said = (await versions()).map(({ textContent }) => textContent)
  expect(said).toHaveLength(6)
  expect(said[0]).toMatch(/^Changed 16 Nov 2026.*looked at.*in 6 snapshots, to the newest.*\+70 B$/)
  expect(said[2]).toMatch(/^Gone .*not in 8 snapshots, until 5 Nov 2026/)
  expect(said.at(-1)).toMatch(/^First seen/)
  expect(document.activeElement?.textContent).toBe(said[0])
  expect(console.asked('versions.list')).toMatchObject([{ hostId: 'db-01', path: '/etc/nginx/nginx.conf' }])
})

test('what is gone can be neither shown nor restored', async () => {
  using console = await showVersions('nginx.conf')
  await versions()
  type('ArrowDown')
  type('ArrowDown')
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Gone'))
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Restore this version/ }).disabled).toBe(true)
  type('Enter')
  expect(console.history.location.pathname).toBe('/search')
})

test('a version is restored from the snapshot that stands for it', async () => {
  const world = busyWorld()
  using console = await showVersions('nginx.conf', world)
  await versions()
  type('ArrowDown')
  await waitFor(() => expect(document.activeElement?.textContent).toContain('Back'))
  type('r')
  expect(await screen.findByText('/etc/nginx/nginx.conf')).toBeDefined()
  const snapshot = world.snapshots.get('db-01')?.[6]
  expect(console.history.location.search).toContain(snapshot?.id)
})

test('a folder has versions and no preview', async () => {
  using _ = await showVersions('postgresql')
  expect((await versions()).map(({ textContent }) => textContent).join(' ')).toContain('other contents')
  expect(
    within(await screen.findByRole('dialog')).getByRole<HTMLButtonElement>('button', { name: /^Preview/ }).disabled,
  ).toBe(true)
})

test('its keys are not those of the page below, and Escape closes it', async () => {
  using console = await showVersions('nginx.conf')
  const dialog = await screen.findByRole('dialog')
  await versions()
  fireEvent.keyDown(within(dialog).getByRole('button', { name: 'Close' }), { key: '/' })
  expect(document.activeElement?.getAttribute('role')).toBe('option')
  type('Escape')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(console.history.location.search).toContain('text=nginx.conf')
})

test('versions that cannot be read say why, and are read again when asked to', async () => {
  const answers = new Map<string, Fault | 'never'>()
  answers.set('versions.list', new Fault('unreachable', { host: 'db-01', reason: 'It was switched off' }))
  using _ = await showVersions('nginx.conf', busyWorld({ answers }))
  await screen.findByText('db-01 cannot be reached')
  answers.clear()
  await press('Try again')
  expect(await versions()).toHaveLength(6)
})
