import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { button, press, showConsole } from '../../../test/show-console.tsx'
import { busyWorld } from '../../gallery/console/index.ts'

test('a run that ended before the page opened shows its end at once', async () => {
  using _ = showConsole(busyWorld(), '/hosts/files-north/runs/run-succeeded')
  expect(await screen.findByText('succeeded: everything that was selected is there')).toBeDefined()
  expect(screen.getByText('/var/restic-restore/run-succeeded')).toBeDefined()
  expect(screen.queryByRole('button', { name: 'Cancel…' })).toBeNull()
})

test.each(['partial', 'cancelled', 'interrupted', 'failed', 'unknown'])(
  '%s never looks like success',
  async (state) => {
    using _ = showConsole(busyWorld(), `/hosts/files-north/runs/run-${state}`)
    await screen.findAllByText(new RegExp(`^${state}`))
    expect(screen.queryByText(/succeeded/)).toBeNull()
  },
)

test('a run whose host is lost is unknown, not running', async () => {
  const world = busyWorld()
  const host = world.hosts.get('files-north')
  if (host === undefined) throw new Error('no such host')
  const link = { ...host.link, state: 'unreachable', reason: 'No answer' } as const
  world.hosts.set(host.id, { ...host, link })
  using _ = showConsole(world, '/hosts/files-north/runs/run-running')
  expect(await screen.findByText('unknown')).toBeDefined()
  expect(screen.queryByRole('button', { name: 'Cancel…' })).toBeNull()
})

test('cancelling asks first, says what is left, and shows how it ended', async () => {
  using console = showConsole(busyWorld(), '/hosts/files-north/runs/run-running')
  await press('Cancel…')
  expect(await screen.findByText(/The files written so far stay in the target folder/)).toBeDefined()
  expect(console.asked('runs.cancel')).toEqual([])
  // Without a layout the popover believes its button to be out of sight.
  fireEvent.click(screen.getByRole('button', { name: 'Cancel the run', hidden: true }))
  expect(await screen.findByText('cancelled before its end')).toBeDefined()
  expect(screen.getByText('What was written so far is left in the folder.')).toBeDefined()
})

test('it says truly what happens when the console is closed', async () => {
  const world = busyWorld({ pace: 60_000 })
  using console = showConsole(world, '/hosts/files-north/runs/run-running')
  expect(await screen.findByText('You may close the console: the agent on files-north carries on.')).toBeDefined()
  console.history.push('/hosts/local/runs/run-sample-running')
  expect(await screen.findByText(/Quitting the console interrupts it/)).toBeDefined()
})

test('the sample that was made can be browsed', async () => {
  using console = showConsole(busyWorld(), '/hosts/local/runs/run-sample-succeeded')
  const link = await screen.findByRole('link', { name: 'Browse the sample' })
  link.click()
  await waitFor(() => expect(console.history.location.href).toBe('/hosts/local?repository=sample'))
  expect(await button('Add a repository…')).toBeDefined()
})
