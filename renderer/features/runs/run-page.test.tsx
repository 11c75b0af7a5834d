import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { button, press, showConsole } from '../../../test/show-console.tsx'
import { busyWorld, worldRunning } from '../../gallery/console/index.ts'

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
  fireEvent.click(screen.getByRole('button', { name: 'Cancel now', hidden: true }))
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

test('a cancel between two parts is offered where another follows, and says that it is under way', async () => {
  using console = showConsole(worldRunning('restoring'), '/hosts/files-north/runs/run-running')
  await press('Cancel…')
  expect(await screen.findByText(/3 parts are not begun/)).toBeDefined()
  fireEvent.click(screen.getByRole('button', { name: 'Cancel after the current part', hidden: true }))
  expect(await screen.findByText('It ends after the current part.')).toBeDefined()
  expect(console.asked('runs.cancel')).toEqual([{ hostId: 'files-north', runId: 'run-running', when: 'between' }])
})

test('a run without parts can only be ended now', async () => {
  using _ = showConsole(busyWorld(), '/hosts/files-north/runs/run-running')
  await press('Cancel…')
  await screen.findByText(/The files written so far stay in the target folder/)
  expect(screen.queryByRole('button', { name: 'Cancel after the current part', hidden: true })).toBeNull()
})

test('a slow run says so, beside what is usual on its host', async () => {
  using _ = showConsole(worldRunning('restoring'), '/hosts/files-north/runs/run-running')
  expect(await screen.findByText(/slow here: usually/)).toBeDefined()
  expect(screen.getByText('Restoring, part 2 of 5')).toBeDefined()
})

test('a restore in place shows its evidence, its reason, its safety snapshot and the way back', async () => {
  using _ = showConsole(busyWorld(), '/hosts/files-north/runs/run-originals')
  expect(await screen.findByText(/^Read back: 1.204 files, 3\.10 GiB, equal to the snapshot\.$/)).toBeDefined()
  expect(screen.getByText('“The nightly import overwrote the price lists”')).toBeDefined()
  const revert = screen.getByRole('link', { name: 'Revert this restore…' })
  expect(revert.getAttribute('href')).toBe('/hosts/files-north/restore?from=run-originals&as=revert')
  const safety = screen.getByText('holds what was there before').parentElement
  expect(safety?.querySelector('a')?.getAttribute('href')).toMatch(
    /\/repositories\/files-north\/snapshots\/[0-9a-f]{64}$/,
  )
  const score = screen.getByLabelText('Outcomes')
  expect(score.textContent?.replaceAll(',', '')).toBe('restored12updated1190unchanged2deleted3skipped0failed0')
})

test('a restore that was reverted leads to that run, and is not reverted twice', async () => {
  using console = showConsole(busyWorld(), '/hosts/files-north/runs/run-undone')
  expect(await screen.findByText('It was already reverted.')).toBeDefined()
  expect(screen.queryByRole('link', { name: 'Revert this restore…' })).toBeNull()
  fireEvent.click(screen.getByRole('link', { name: 'run-revert' }))
  expect(await screen.findByText('succeeded: what was there before is back')).toBeDefined()
  expect(console.history.location.pathname).toBe('/hosts/files-north/runs/run-revert')
})

test('what was not read back is not called verified', async () => {
  using _ = showConsole(busyWorld(), '/hosts/files-north/runs/run-unread')
  expect(await screen.findByText(/Nothing shows that the files match the snapshot/)).toBeDefined()
  expect(screen.queryByText('verified')).toBeNull()
  expect(screen.getByText(/everything that was selected is there; 8 items skipped, as asked/)).toBeDefined()
})

test('an interrupted run can be resumed, and one that failed in part retried', async () => {
  using console = showConsole(busyWorld(), '/hosts/files-north/runs/run-interrupted')
  const resume = await screen.findByRole('link', { name: 'Resume…' })
  expect(resume.getAttribute('href')).toBe('/hosts/files-north/restore?from=run-interrupted&as=resume')
  console.history.push('/hosts/files-north/runs/run-partial')
  const retry = await screen.findByRole('link', { name: 'Retry what failed (3)…' })
  expect(retry.getAttribute('href')).toBe('/hosts/files-north/restore?from=run-partial&as=retry')
  expect(screen.queryByRole('link', { name: 'Resume…' })).toBeNull()
})
