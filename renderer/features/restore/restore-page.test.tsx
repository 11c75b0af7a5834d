import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { Fault } from '../../../contract/errors.ts'
import { inPlaceConfirmationSchema, newRestoreSchema } from '../../../contract/shapes/restore.ts'
import { requestKeySchema } from '../../../contract/shapes/run.ts'
import { button, fill, press, showConsole } from '../../../test/show-console.tsx'
import { agentIdentity } from '../../gallery/console/fleet.ts'
import { busyWorld, NEWEST_SNAPSHOT, type World } from '../../gallery/console/index.ts'

const WIZARD = `/hosts/db-01/restore?repository=db-01&snapshot=${NEWEST_SNAPSHOT}`
const asked = z.object({ requestKey: requestKeySchema, request: newRestoreSchema, planHash: z.string() })
const confirmed = asked.extend({ confirmation: inPlaceConfirmationSchema })
const busy = new Fault('host_busy', { runId: 'run-running', kind: 'restore', startedAt: '2026-11-21T14:02:11.000Z' })

/** A world in which to restore is quick: the whole snapshot of the gallery has a hundred thousand files. */
function smallWorld(fields: Partial<World> = {}): World {
  return busyWorld({ pace: 5, ...fields })
}

async function sentence(): Promise<HTMLElement> {
  return await screen.findByText(/^Restore 100,\d+ files, .*from db-01’s snapshot/)
}

async function choose(name: RegExp | string): Promise<void> {
  fireEvent.click(await screen.findByRole('radio', { name }))
}

test('nothing selected is never taken for everything', async () => {
  using console = showConsole(smallWorld(), WIZARD)
  await button('Take the whole snapshot')
  expect((await button('Restore')).disabled).toBe(true)
  expect(screen.getByRole('heading', { name: 'Where', hidden: true }).closest('section')?.hasAttribute('inert')).toBe(
    true,
  )
  expect(console.asked('restores.plan')).toEqual([])
})

test('a double click starts one restore of what was planned, and leads to its run', async () => {
  using console = showConsole(smallWorld(), WIZARD)
  await press('Take the whole snapshot')
  await sentence()
  const start = await button('Restore')
  await waitFor(() => expect(start.disabled).toBe(false))
  fireEvent.click(start)
  fireEvent.click(start)
  await waitFor(() => expect(console.history.location.pathname).toMatch(/^\/hosts\/db-01\/runs\/run-/))
  const keys = console.asked('restores.start').map((input) => asked.parse(input).requestKey)
  expect(new Set(keys).size).toBe(1)
})

test('a refused start names the run that holds the host, and is repeated with the same key', async () => {
  using console = showConsole(smallWorld({ answers: new Map([['restores.start', busy]]) }), WIZARD)
  await press('Take the whole snapshot')
  await sentence()
  await press('Restore')
  const link = await screen.findByRole<HTMLAnchorElement>('link', { name: 'Open it' })
  expect(link.getAttribute('href')).toContain('/hosts/db-01/runs/run-running')
  await press('Restore')
  await waitFor(() => expect(console.asked('restores.start')).toHaveLength(2))
  const [first, second] = console.asked('restores.start').map((input) => asked.parse(input).requestKey)
  expect(second).toBe(first)
})

test('another target is another intention, with another key', async () => {
  using console = showConsole(smallWorld({ answers: new Map([['restores.start', busy]]) }), WIZARD)
  await press('Take the whole snapshot')
  await sentence()
  await press('Restore')
  await screen.findByText('This host is busy with another run')
  await choose(/^A folder on db-01/)
  expect((await button('Restore')).disabled).toBe(true)
  await fill('Folder', '/srv/restored')
  await screen.findByText(/into \/srv\/restored on db-01/)
  await press('Restore')
  await waitFor(() => expect(console.asked('restores.start')).toHaveLength(2))
  const [first, second] = console.asked('restores.start').map((input) => asked.parse(input))
  expect(second?.request.target).toEqual({ kind: 'path', path: '/srv/restored' })
  expect(second?.requestKey).not.toBe(first?.requestKey)
})

test('a folder that cannot be used is said at the folder, and cannot be restored to', async () => {
  const taken = new Fault('conflict', { what: 'target_in_repository', detail: '/srv/restored' })
  using _ = showConsole(smallWorld({ answers: new Map([['restores.plan', taken]]) }), WIZARD)
  await press('Take the whole snapshot')
  expect(await screen.findByText('The target folder lies inside the repository')).toBeDefined()
  expect((await button('Restore')).disabled).toBe(true)
})

test('a snapshot that is not there is said so, with nothing to start', async () => {
  using _ = showConsole(smallWorld(), `/hosts/db-01/restore?repository=db-01&snapshot=${'0'.repeat(64)}`)
  expect(await screen.findByText('This snapshot is not there')).toBeDefined()
  expect((await button('Restore')).disabled).toBe(true)
})

test('where the target is fresh nothing can be in the way, and that is the reason shown', async () => {
  using _ = showConsole(smallWorld(), WIZARD)
  await press('Take the whole snapshot')
  await sentence()
  expect((await screen.findByRole<HTMLInputElement>('radio', { name: /^Keep both/ })).disabled).toBe(true)
  expect(screen.getByText('The folder is fresh: nothing can be in the way.')).toBeDefined()
  await choose(/^A folder on db-01/)
  await fill('Folder', '/srv/share/back')
  await waitFor(() => expect(screen.getByRole<HTMLInputElement>('radio', { name: /^Keep both/ }).disabled).toBe(false))
})

test('a moment that was typed takes the newest snapshot at or before it, and says so', async () => {
  const world = smallWorld()
  using console = showConsole(world, WIZARD)
  const field = await screen.findByRole<HTMLInputElement>('combobox', { name: 'Snapshot' })
  await waitFor(() => expect(field.disabled).toBe(false))
  field.focus()
  await waitFor(() => expect(field.value).toContain('21 Nov'))
  fireEvent.change(field, { target: { value: '2026-11-18 14:00' } })
  fireEvent.click(await screen.findByRole('option', { name: /^18 Nov 2026/, hidden: true }))
  await waitFor(() => expect(console.history.location.search).toContain(world.snapshots.get('db-01')?.[3]?.id))
  expect(await screen.findByText('“2026-11-18 14:00”: the newest at or before 18 Nov 2026, 14:00.')).toBeDefined()
})

test('who is no admin sees in place, and why it cannot be chosen', async () => {
  const world = smallWorld()
  const host = world.hosts.get('db-01')
  if (host === undefined) throw new Error('the world has no db-01')
  const granted = { role: 'operator', permissions: [], workspace: null } as const
  const agent = agentIdentity('db-01', { granted: { ...granted, permissions: [] } })
  world.hosts.set('db-01', { ...host, agent })
  using _ = showConsole(world, WIZARD)
  await press('Take the whole snapshot')
  expect((await screen.findByRole<HTMLInputElement>('radio', { name: 'In place' })).disabled).toBe(true)
  expect(screen.getByText('It needs the role admin; this console is operator on db-01.')).toBeDefined()
})

async function inPlace(): Promise<void> {
  await press('Take the whole snapshot')
  await sentence()
  await choose('In place')
  await screen.findByText(/^On db-01, in the original places/)
}

test('in place starts only once the very name was typed and a reason', async () => {
  using console = showConsole(smallWorld(), WIZARD)
  await inPlace()
  const start = await button('Restore in place')
  expect(start.disabled).toBe(true)
  await fill('Type db-01', 'db-02')
  await fill('Why', 'wrong edit')
  expect(start.disabled).toBe(true)
  expect(screen.getByText(/is not this host/)).toBeDefined()
  await fill('Type db-01', 'db-01')
  expect(start.disabled).toBe(false)
  await fill('Why', ' x ')
  expect(start.disabled).toBe(true)
  fireEvent.keyDown(document.body, { key: 'Enter', ctrlKey: true })
  await fill('Why', 'wrong edit')
  fireEvent.click(start)
  await waitFor(() => expect(console.history.location.pathname).toMatch(/\/runs\//))
  expect(console.asked('restores.start')).toEqual([])
  const [started] = console.asked('restores.startInPlace').map((input) => confirmed.parse(input))
  expect(started?.confirmation).toEqual({ hostname: 'db-01', reason: 'wrong edit', safetySnapshot: true })
})

test('without a safety snapshot it is said that there is no way back', async () => {
  using _ = showConsole(smallWorld(), WIZARD)
  await inPlace()
  fireEvent.click(screen.getByRole('checkbox', { name: /^Take a safety snapshot/ }))
  expect(screen.getByText('There is no way back: what is changed or deleted is lost.')).toBeDefined()
})

test('when the host has changed the difference is said, and nothing of what was typed is lost', async () => {
  const world = smallWorld()
  world.planning.drift = { added: 2, changed: 1, removed: 0 }
  using console = showConsole(world, WIZARD)
  await inPlace()
  await fill('Type db-01', 'db-01')
  await fill('Why', 'wrong edit')
  await press('Restore in place')
  expect(await screen.findByText('Since then 2 items added, 1 item changed.')).toBeDefined()
  await press('Look at the new plan')
  await waitFor(() => expect(screen.queryByText('Since then 2 items added, 1 item changed.')).toBeNull())
  expect(screen.getByLabelText<HTMLInputElement>('Why', { selector: 'input' }).value).toBe('wrong edit')
  await waitFor(async () => expect((await button('Restore in place')).disabled).toBe(false))
  await press('Restore in place')
  await waitFor(() => expect(console.history.location.pathname).toMatch(/\/runs\//))
  const [first, second] = console.asked('restores.startInPlace').map((input) => confirmed.parse(input))
  expect(second?.requestKey).toBe(first?.requestKey)
  expect(second?.planHash).not.toBe(first?.planHash)
})

test('a plan that the host has forgotten is made again by itself', async () => {
  const world = smallWorld()
  using console = showConsole(world, WIZARD)
  await press('Take the whole snapshot')
  await sentence()
  await press('Show the items')
  await screen.findByRole('grid', { name: 'Items of the plan' })
  const before = console.asked('restores.plan').length
  world.planning.made.clear()
  fireEvent.change(screen.getByLabelText('Filter the plan'), { target: { value: 'nginx' } })
  await waitFor(() => expect(console.asked('restores.plan')).toHaveLength(before + 1))
  expect(await screen.findByText(/items with “nginx”/)).toBeDefined()
})

test('while the host is away nothing is planned, and as soon as it is back it is', async () => {
  const world = smallWorld()
  const host = world.hosts.get('db-01')
  if (host === undefined) throw new Error('the world has no db-01')
  world.hosts.set('db-01', { ...host, link: { ...host.link, state: 'unreachable', reason: 'No answer' } })
  using console = showConsole(world, WIZARD)
  await press('Take the whole snapshot')
  expect(await screen.findByText('db-01 cannot be reached now. The plan is made as soon as it is back.')).toBeDefined()
  expect((await button('Restore')).disabled).toBe(true)
  expect(console.asked('restores.plan')).toEqual([])
  world.hosts.set('db-01', host)
  world.told.hosts.publish(host)
  await sentence()
  await waitFor(async () => expect((await button('Restore')).disabled).toBe(false))
})

test('a revert tells what it does, asks nothing of it, and is confirmed as in place', async () => {
  const world = smallWorld()
  const run = world.runs.get('run-succeeded')
  if (run?.run.subject.kind !== 'restore') throw new Error('the world has no such restore')
  const subject = { ...run.run.subject, target: { kind: 'in-place' }, safetySnapshot: 'b'.repeat(64) } as const
  world.runs.set('run-placed', { ...run, hostId: 'db-01', run: { ...run.run, id: 'run-placed', subject } })
  using console = showConsole(world, '/hosts/db-01/restore?from=run-placed&as=revert')
  expect(await screen.findByRole('heading', { name: 'Revert a restore on db-01' })).toBeDefined()
  await screen.findByText(/^Revert the restore: on db-01, in the original places/)
  expect(screen.queryByRole('radio', { name: 'A fresh folder' })).toBeNull()
  await fill('Type db-01', 'db-01')
  await fill('Why', 'it was the wrong snapshot')
  await press('Restore in place')
  await waitFor(() => expect(console.asked('restores.startInPlace')).toHaveLength(1))
  expect(console.asked('restores.startInPlace')).toMatchObject([{ request: { kind: 'revert', runId: 'run-placed' } }])
})

test('a restore that cannot be reverted says so, and what to do instead', async () => {
  using _ = showConsole(smallWorld(), '/hosts/files-north/restore?from=run-succeeded&as=revert')
  expect(await screen.findByText('That restore cannot be reverted')).toBeDefined()
  expect((await button('Restore in place')).disabled).toBe(true)
})

/** What Tab leads to, in order, by what it is called. */
function tabStops(): string[] {
  const all = [...document.querySelectorAll<HTMLElement>('main a[href], main button, main input, main [tabindex="0"]')]
  const reached = all.filter(
    (element) =>
      !element.matches(':disabled, [tabindex="-1"], [type=hidden]') &&
      element.closest('[inert]') === null &&
      // Of a group of radios the chosen one is a stop, the others are reached by arrows.
      (element.getAttribute('type') !== 'radio' || (element as HTMLInputElement).checked),
  )
  return reached.map((element) => {
    const labels = element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? '') : ''
    return element.getAttribute('aria-label') ?? (labels || (element.textContent ?? ''))
  })
}

test('the keyboard leads through the whole page, from what to the button that does it', async () => {
  using console = showConsole(smallWorld(), WIZARD)
  await inPlace()
  await screen.findByRole('grid', { name: 'Items of the plan' })
  await fill('Type db-01', 'db-01')
  await fill('Why', 'wrong edit')
  const stops = tabStops()
  const wanted = [
    'Repository',
    'Snapshot',
    'Change…',
    'In place',
    'With the whole path',
    'Replace it if it differs',
    'Delete what is not in the snapshot',
    'Read back and compare',
    'Plan again',
    'Filter the plan',
    'Export plan…',
    'Type db-01',
    'Why',
    'Take a safety snapshot first',
    'Restore in place',
  ]
  const places = wanted.map((name) => stops.indexOf(name))
  expect(places).not.toContain(-1)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(console.asked('restores.startInPlace')).toEqual([])
})

test('a fresh folder is started by key, and once', async () => {
  using console = showConsole(smallWorld(), WIZARD)
  await press('Take the whole snapshot')
  await sentence()
  fireEvent.keyDown(document.body, { key: 'Enter', code: 'Enter', ctrlKey: true })
  await waitFor(() => expect(console.history.location.pathname).toMatch(/\/runs\//))
  expect(console.asked('restores.start')).toHaveLength(1)
})

test('in place is not started by a key: it takes the button', async () => {
  using console = showConsole(smallWorld(), WIZARD)
  await inPlace()
  await fill('Type db-01', 'db-01')
  await fill('Why', 'wrong edit')
  fireEvent.keyDown(document.body, { key: 'Enter', code: 'Enter', ctrlKey: true })
  await press('Restore in place')
  await waitFor(() => expect(console.asked('restores.startInPlace')).toHaveLength(1))
  expect(console.asked('restores.start')).toEqual([])
})
