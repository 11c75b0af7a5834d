import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { press, showConsole } from '../../../test/show-console.tsx'
import { busyWorld, emptyWorld } from '../../gallery/console/index.ts'
import { linkTimesWords, PRESETS, presetOf } from './link-presets.ts'

beforeEach(() => window.localStorage.clear())

test('each preset is known by its times, and what is no preset is somebody’s own', () => {
  expect(PRESETS.map(({ times }) => presetOf(times))).toEqual(['usual', 'slow', 'satellite'])
  expect(presetOf({ reachWithin: 10, askAfter: 6, awayAfter: 16 })).toBeNull()
  expect(linkTimesWords({ reachWithin: 60, askAfter: 20, awayAfter: 120 })).toContain('shown as away after 120')
})

test('how long hosts are waited for is chosen at once, or typed within its bounds', async () => {
  const world = busyWorld()
  using _ = showConsole(world, '/settings')
  fireEvent.click(await screen.findByLabelText('Satellite'))
  await screen.findByText(/shown as away after 120/)
  expect(world.linkTimes).toEqual({ reachWithin: 60, askAfter: 20, awayAfter: 120 })
  fireEvent.click(screen.getByLabelText('Own'))
  const away = await screen.findByLabelText('Away after')
  fireEvent.change(away, { target: { value: '30' } })
  await screen.findByText(/at least twice “Ask after”/)
  expect(screen.getByRole('button', { name: 'Set' })).toHaveProperty('disabled', true)
  fireEvent.change(away, { target: { value: '900' } })
  await screen.findByText('6 to 300 seconds.')
  fireEvent.change(away, { target: { value: '200' } })
  fireEvent.click(screen.getByRole('button', { name: 'Set' }))
  await waitFor(() => expect(world.linkTimes.awayAfter).toBe(200))
})

test('updates are off until a feed is named that can be one; then each step is one press', async () => {
  const world = emptyWorld()
  using _ = showConsole(world, '/settings')
  const field = await screen.findByLabelText('Address of the feed')
  fireEvent.change(field, { target: { value: 'http://updates.example' } })
  await press('Turn on…')
  await screen.findByText('A feed must use https, unless it is on this computer.')
  expect(world.calls.filter(({ path }) => path === 'updates.setFeed')).toEqual([])
  fireEvent.change(field, { target: { value: 'https://updates.example/console' } })
  await press('Turn on…')
  await press('Look now')
  await screen.findByText('Version 0.2.0 is there')
  expect((await screen.findByRole('region', { name: 'What changed' })).textContent).toContain('after a cut')
  await press('Download')
  await press('Install and restart…')
  // Whoever sits before the shell said no: that is no failure.
  await waitFor(() => expect(world.calls.some(({ path }) => path === 'updates.install')).toBe(true))
  expect(screen.queryByRole('alert')).toBeNull()
  await press('Turn off…')
  await press('Turn updates off')
  await screen.findByLabelText('Address of the feed')
})

test('while a run goes on nothing is looked for, and it is said on which host', async () => {
  const world = busyWorld()
  world.updates = { ...world.updates, feed: 'https://updates.example/console' }
  using _ = showConsole(world, '/settings')
  await press('Look now')
  const alert = await screen.findByRole('alert')
  expect(within(alert).getByRole('heading').textContent).toBe('A run goes on')
})

test.each([
  ['headless', /opened for a browser/],
  ['not-packaged', /runs from its sources/],
] as const)('a console that is %s says who brings new versions', async (obstacle, words) => {
  const world = busyWorld()
  world.updates = { ...world.updates, obstacle }
  using _ = showConsole(world, '/settings')
  await screen.findByText(words)
  expect(screen.queryByLabelText('Address of the feed')).toBeNull()
})

test('why a feed cannot be read is said, with what to do', async () => {
  const world = busyWorld()
  const failed = { at: 'failed', problem: 'no-list' } as const
  world.updates = { ...world.updates, feed: 'https://updates.example/console', step: failed }
  using _ = showConsole(world, '/settings')
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('no list of versions at this address')
  expect(alert.textContent).toContain('docs/packages.md')
})
