import { fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { fill, press, showConsole } from '../../../test/show-console.tsx'
import { busyWorld } from '../../gallery/console/index.ts'

const PARTIAL = '/hosts/files-north/runs/run-partial'
let copied: string[] = []

beforeEach(() => {
  copied = []
  const writeText = async (text: string): Promise<void> => void copied.push(text)
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true })
})

test('of a log that is filtered only what is shown is copied, and the button says so', async () => {
  const world = busyWorld()
  const lines = (world.runs.get('run-partial')?.events ?? []).filter(({ type }) => type === 'log')
  expect(lines.length).toBeGreaterThan(1)
  using _ = showConsole(world, PARTIAL)
  await screen.findByRole('button', { name: 'More for the log' })
  await press('More for the log')
  fireEvent.click(await screen.findByText('Copy the log'))
  await waitFor(() => expect(copied[0]?.trimEnd().split('\n')).toHaveLength(lines.length))

  await fill('Filter the log', 'zzz not there')
  expect(await screen.findByText('No line contains “zzz not there”.')).toBeDefined()
  expect(screen.getByText(`0 of ${lines.length}`)).toBeDefined()
  await press('More for the log')
  fireEvent.click(await screen.findByText('Copy these 0 lines'))
  await waitFor(() => expect(copied[1]).toBe(''))
})

test('Escape empties the filter of the log', async () => {
  using _ = showConsole(busyWorld(), PARTIAL)
  await fill('Filter the log', 'zzz')
  await screen.findByText('No line contains “zzz”.')
  fireEvent.keyDown(screen.getByLabelText('Filter the log'), { key: 'Escape' })
  await waitFor(() => expect(screen.queryByText('No line contains “zzz”.')).toBeNull())
})

test('a run that goes on can be followed or not, one that is over cannot', async () => {
  {
    using _ = showConsole(busyWorld({ pace: 60_000 }), '/hosts/files-north/runs/run-running')
    const follow = await screen.findByRole('button', { name: 'Follow' })
    expect(follow.getAttribute('aria-pressed')).toBe('true')
    fireEvent.keyDown(document.body, { key: 'f', code: 'KeyF' })
    await waitFor(() => expect(follow.getAttribute('aria-pressed')).toBe('false'))
  }
  using _ = showConsole(busyWorld(), PARTIAL)
  await screen.findByRole('button', { name: 'More for the log' })
  expect(screen.queryByRole('button', { name: 'Follow' })).toBeNull()
})
