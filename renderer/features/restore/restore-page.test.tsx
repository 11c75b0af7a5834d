import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Fault } from '../../../contract/errors.ts'
import { restoreRequestSchema } from '../../../contract/shapes/restore.ts'
import { requestKeySchema } from '../../../contract/shapes/run.ts'
import { button, press, showConsole } from '../../../test/show-console.tsx'
import { busyWorld, NEWEST_SNAPSHOT } from '../../gallery/console/index.ts'

const WIZARD = `/hosts/db-01/restore?repository=db-01&snapshot=${NEWEST_SNAPSHOT}`
const keyed = restoreRequestSchema.extend({ requestKey: requestKeySchema })
const busy = new Fault('host_busy', { runId: 'run-running', kind: 'restore', startedAt: '2026-11-21T14:02:11.000Z' })

async function sentence(): Promise<HTMLElement> {
  return await screen.findByText(/^Restore 214 files, 38\.0 MiB, from db-01’s snapshot/)
}

test('nothing selected is never taken for everything', async () => {
  using console = showConsole(busyWorld(), WIZARD)
  await button('Take the whole snapshot')
  expect((await button('Restore')).disabled).toBe(true)
  expect(screen.getByRole('heading', { name: 'Where', hidden: true }).closest('section')?.hasAttribute('inert')).toBe(
    true,
  )
  expect(console.asked('restores.plan')).toEqual([])
})

test('a double click starts one restore, and leads to its run', async () => {
  using console = showConsole(busyWorld({ pace: 5 }), WIZARD)
  await press('Take the whole snapshot')
  await sentence()
  const start = await button('Restore')
  await waitFor(() => expect(start.disabled).toBe(false))
  fireEvent.click(start)
  fireEvent.click(start)
  await waitFor(() => expect(console.history.location.pathname).toMatch(/^\/hosts\/db-01\/runs\/run-/))
  const keys = console.asked('restores.start').map((input) => keyed.parse(input).requestKey)
  expect(new Set(keys).size).toBe(1)
  expect(await screen.findByText(/^succeeded: everything/)).toBeDefined()
})

test('a refused start names the run that holds the host, and is repeated with the same key', async () => {
  const world = busyWorld({ answers: new Map([['restores.start', busy]]) })
  using console = showConsole(world, WIZARD)
  await press('Take the whole snapshot')
  await sentence()
  await press('Restore')
  const link = await screen.findByRole<HTMLAnchorElement>('link', { name: 'Open it' })
  expect(link.getAttribute('href')).toContain('/hosts/db-01/runs/run-running')
  await press('Restore')
  await waitFor(() => expect(console.asked('restores.start')).toHaveLength(2))
  const [first, second] = console.asked('restores.start').map((input) => keyed.parse(input).requestKey)
  expect(second).toBe(first)
})

test('another target is another intention, with another key', async () => {
  const world = busyWorld({ answers: new Map([['restores.start', busy]]) })
  using console = showConsole(world, WIZARD)
  await press('Take the whole snapshot')
  await sentence()
  await press('Restore')
  await screen.findByText('This host is busy with another run')
  fireEvent.click(screen.getByRole('radio', { name: /^A folder on db-01/ }))
  expect((await button('Restore')).disabled).toBe(true)
  fireEvent.change(screen.getByRole('textbox', { name: 'Folder' }), { target: { value: '/srv/restored' } })
  await screen.findByText(/into \/srv\/restored on db-01/)
  await press('Restore')
  await waitFor(() => expect(console.asked('restores.start')).toHaveLength(2))
  const [first, second] = console.asked('restores.start').map((input) => keyed.parse(input))
  expect(second?.target).toEqual({ kind: 'path', path: '/srv/restored' })
  expect(second?.requestKey).not.toBe(first?.requestKey)
})

test('a folder that is not empty is said at the folder, and cannot be restored to', async () => {
  const taken = new Fault('conflict', { what: 'target_not_empty', detail: '/srv/restored' })
  using _ = showConsole(busyWorld({ answers: new Map([['restores.plan', taken]]) }), WIZARD)
  await press('Take the whole snapshot')
  expect(await screen.findByText('The target folder is not empty')).toBeDefined()
  expect((await button('Restore')).disabled).toBe(true)
})

test('a snapshot that is not there is said so, with nothing to start', async () => {
  using _ = showConsole(busyWorld(), `/hosts/db-01/restore?repository=db-01&snapshot=${'0'.repeat(64)}`)
  expect(await screen.findByText('This snapshot is not there')).toBeDefined()
  expect((await button('Restore')).disabled).toBe(true)
})
