import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Fault } from '../../../contract/errors.ts'
import { showConsole } from '../../../test/show-console.tsx'
import { busyWorld, type World } from '../../gallery/console/index.ts'

function link(world: World, state: 'connected' | 'unreachable'): void {
  const host = world.hosts.get('db-02')
  if (host === undefined) throw new Error('the world has no db-02')
  const changed = { ...host, link: { ...host.link, state, since: '2026-11-21T10:32:00.000Z', reason: 'No answer' } }
  world.hosts.set('db-02', changed)
  world.told.hosts.publish(changed)
}

test('the snapshots of a host that is away are those that were kept; none can be restored from now', async () => {
  const world = busyWorld({ keptSince: '2026-11-21T10:15:00.000Z' })
  link(world, 'unreachable')
  using console = showConsole(world, '/hosts/db-02')
  expect(await screen.findByText(/^db-02 is away since/)).toBeDefined()
  expect(await screen.findByText(/the list of snapshots of/)).toBeDefined()
  const [restore] = await screen.findAllByRole('button', { name: 'Restore…' })
  expect(restore?.getAttribute('aria-disabled')).toBe('true')
  fireEvent.click(restore ?? document.body)
  expect(console.history.location.pathname).toBe('/hosts/db-02')
})

test('the list is read anew when the host comes back', async () => {
  const world = busyWorld({ keptSince: '2026-11-21T10:15:00.000Z' })
  link(world, 'unreachable')
  using console = showConsole(world, '/hosts/db-02')
  await screen.findByText(/^db-02 is away since/)
  world.keptSince = null
  link(world, 'connected')
  await waitFor(() => expect(screen.queryByText(/is away since/)).toBeNull())
  expect(console.asked('snapshots.list')).toHaveLength(2)
})

test('a host that is away and was never read says so once', async () => {
  const answers = new Map([['snapshots.list', new Fault('unreachable', { host: 'db-02', reason: 'No answer' })]])
  const world = busyWorld({ answers })
  link(world, 'unreachable')
  using _ = showConsole(world, '/hosts/db-02')
  expect(await screen.findByText('db-02 cannot be reached')).toBeDefined()
  expect(screen.queryByText(/is away since/)).toBeNull()
})

test('the root of a snapshot under the pointer is read before it is opened', async () => {
  using console = showConsole(busyWorld(), '/hosts/db-02')
  const snapshots = await screen.findByRole('grid', { name: /^Snapshots of/ })
  const [row] = await within(snapshots).findAllByText(/^[0-9a-f]{8}$/)
  fireEvent.pointerOver(row ?? document.body)
  await waitFor(() => expect(console.asked('tree.list')).toHaveLength(1))
})
