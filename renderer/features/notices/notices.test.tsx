import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import type { NoticeEvent, ProofNotice } from '../../../contract/shapes/notice.ts'
import { NO_COUNTS } from '../../../contract/shapes/run.ts'
import { press, showConsole } from '../../../test/show-console.tsx'
import { busyWorld } from '../../gallery/console/index.ts'
import { pathOfPlace } from './linked-places.ts'

afterEach(() => vi.unstubAllGlobals())

type Told = Extract<NoticeEvent, { event: 'told' }>

const PLANE = '8d6f5b0e-52a1-4a0f-9d0a-0c4d3a2f1b10'

function told(change: Partial<Told['notice']> = {}, event: Partial<Told> = {}): Told {
  const counts = { ...NO_COUNTS, restored: 12, failed: 3 }
  const of = { hostId: 'db-01', host: 'db-01', runId: 'run-partial', counts, names: '/srv/restored' }
  const notice = { id: 'one', ...of, kind: 'restore', state: 'partial', ...change } as const
  return { event: 'told', notice, inWindow: true, system: null, ...event }
}

function proof(change: Partial<ProofNotice>, event: Partial<Extract<NoticeEvent, { event: 'proof' }>> = {}) {
  const of = {
    planeId: PLANE,
    replicaId: 'r-1',
    name: 'north-verify',
    machines: ['db-01', 'db-02'],
    cause: 'no space left',
  }
  const notice = { id: 'one', state: 'failing', counts: { failing: 0, overdue: 0, gap: 0 }, ...of, ...change } as const
  return { event: 'proof' as const, notice, inWindow: true, system: null, ...event }
}

/** A browser that has let the page notify, and whether the window is in front. */
function browser(isInFront: boolean) {
  const shown: { readonly title: string; readonly options: unknown; click(): void }[] = []
  class Shown extends EventTarget {
    static permission = 'granted'
    constructor(title: string, options: unknown) {
      super()
      shown.push({ title, options, click: () => this.dispatchEvent(new Event('click')) })
    }
    close(): void {}
  }
  vi.stubGlobal('Notification', Shown)
  vi.spyOn(document, 'hasFocus').mockReturnValue(isInFront)
  return shown
}

test('a run that has ended is said in the window, and its button leads to it', async () => {
  const world = busyWorld()
  using shown = showConsole(world, '/audit')
  await waitFor(() => expect(shown.asked('notices.watch')).toHaveLength(1))
  world.told.notices.publish(told())
  await screen.findByText('Restore on db-01 partly succeeded')
  await screen.findByText('12 restored, 3 failed')
  await press('View run')
  await waitFor(() => expect(shown.history.location.pathname).toBe('/hosts/db-01/runs/run-partial'))
})

test('the system shows it while the window is behind others, and a click leads to the run', async () => {
  const world = busyWorld()
  const system = browser(false)
  using shown = showConsole(world, '/audit')
  await waitFor(() => expect(shown.asked('notices.watch')).toHaveLength(1))
  const words = { title: 'Restore on db-01 partly succeeded', line: '12 restored, 3 failed' }
  world.told.notices.publish(told({}, { system: { id: 'one', by: 'page', names: '' }, inWindow: false }))
  await waitFor(() => expect(system).toMatchObject([{ title: words.title, options: { body: words.line, tag: 'one' } }]))
  expect(screen.queryByText(words.title)).toBeNull()
  expect(shown.asked('notices.seen')).toEqual([])
  system[0]?.click()
  await waitFor(() => expect(shown.history.location.pathname).toBe('/hosts/db-01/runs/run-partial'))
  window.dispatchEvent(new Event('focus'))
  await waitFor(() => expect(shown.asked('notices.seen')).toHaveLength(1))
})

test('where the desktop shows it, it is given the words, with names where they may be, and never too many', async () => {
  const world = busyWorld()
  const system = browser(false)
  using shown = showConsole(world, '/audit')
  await waitFor(() => expect(shown.asked('notices.watch')).toHaveLength(1))
  world.told.notices.publish(told({}, { system: { id: 'one', by: 'console', names: '/srv/restored' } }))
  const long = { id: 'two', by: 'console', names: 'x'.repeat(5000) } as const
  world.told.notices.publish(proof({}, { system: long }))
  await waitFor(() => expect(shown.asked('notices.say')).toHaveLength(2))
  const [first, second] = shown.asked('notices.say')
  expect(first).toEqual({
    id: 'one',
    title: 'Restore on db-01 partly succeeded',
    line: '12 restored, 3 failed · /srv/restored',
  })
  expect(second).toMatchObject({ id: 'two', title: 'Replica north-verify is failing' })
  expect(JSON.stringify(second).length).toBeLessThan(1200)
  expect(system).toEqual([])
})

test('whoever looks at the console is not told by the system, nor of the run that is before them', async () => {
  const world = busyWorld()
  const system = browser(true)
  using shown = showConsole(world, '/hosts/db-01/runs/run-partial')
  await waitFor(() => expect(shown.asked('notices.watch')).toHaveLength(1))
  world.told.notices.publish(told({}, { system: { id: 'one', by: 'page', names: '' } }))
  await waitFor(() => expect(shown.asked('notices.seen')).toHaveLength(1))
  expect(system).toEqual([])
  expect(screen.queryByRole('button', { name: 'View run' })).toBeNull()
})

test('a replica that fails is said until it is looked at or well again, and its button leads to it', async () => {
  const world = busyWorld()
  using shown = showConsole(world, '/audit')
  await waitFor(() => expect(shown.asked('notices.watch')).toHaveLength(1))
  world.told.notices.publish(proof({}))
  await screen.findByText('Replica north-verify is failing')
  await screen.findByText('db-01 and 1 more')
  await screen.findByText('no space left')
  world.told.notices.publish(proof({ state: 'healthy', machines: [], cause: '' }))
  await screen.findByText('Replica north-verify is healthy again')
  await waitFor(() => expect(screen.queryByText('Replica north-verify is failing')).toBeNull())
  world.told.notices.publish(proof({ state: 'overdue', machines: ['db-01'], cause: '' }))
  await screen.findByText('Replica north-verify is overdue')
  world.told.notices.publish(proof({ state: 'over', machines: [], cause: '' }))
  await waitFor(() => expect(screen.queryByText(/^Replica north-verify/)).toBeNull())
  world.told.notices.publish(proof({ state: 'gap', machines: ['db-01'], cause: '' }))
  await press('View replica')
  await waitFor(() => expect(shown.history.location.pathname).toBe(`/replicas/${PLANE}/r-1`))
})

test('many replicas at once are said in one, which leads to all of them, also from the system', async () => {
  const world = busyWorld()
  const system = browser(false)
  using shown = showConsole(world, '/audit')
  await waitFor(() => expect(shown.asked('notices.watch')).toHaveLength(1))
  const many = { replicaId: null, state: 'many', name: 'Embedded', machines: [] as string[], cause: '' } as const
  const words = { title: '12 replicas need attention', line: '2 failing, 10 gap, on Embedded' }
  world.told.notices.publish(
    proof({ ...many, counts: { failing: 2, overdue: 0, gap: 10 } }, { system: { id: 'm', by: 'page', names: '' } }),
  )
  await screen.findByText(words.title)
  await screen.findByText(words.line)
  expect(system).toMatchObject([{ title: words.title, options: { body: words.line } }])
  system[0]?.click()
  await waitFor(() => expect(shown.history.location.pathname).toBe('/replicas'))
})

test('the shell’s menus lead to the settings and to the runs', async () => {
  const world = busyWorld()
  using shown = showConsole(world, '/')
  await waitFor(() => expect(shown.asked('notices.watch')).toHaveLength(1))
  world.told.notices.publish({ event: 'page', page: 'settings' })
  await waitFor(() => expect(shown.history.location.pathname).toBe('/settings'))
  world.told.notices.publish({ event: 'page', page: 'runs' })
  await waitFor(() => expect(shown.history.location.pathname).toBe('/runs'))
})

test('a link leads to what it names, and one that names nothing known says so', async () => {
  const world = busyWorld()
  using shown = showConsole(world, '/')
  await waitFor(() => expect(shown.asked('notices.watch')).toHaveLength(1))
  const { id: workspaceId } = world.system.workspace
  const place = { kind: 'run', hostId: 'db-01', runId: 'run-partial' } as const
  world.told.notices.publish({ event: 'linked', what: 'run', found: { workspaceId, place } })
  await waitFor(() => expect(shown.history.location.pathname).toBe('/hosts/db-01/runs/run-partial'))
  world.told.notices.publish({ event: 'linked', what: 'snapshot', found: null })
  await screen.findByText('The link names a snapshot that this console does not know')
  expect(shown.history.location.pathname).toBe('/hosts/db-01/runs/run-partial')
})

test('the parts of an address are written so that they cannot be others', () => {
  const place = { kind: 'snapshot', hostId: 'a/b', repositoryId: 'r', snapshotId: 's' } as const
  expect(pathOfPlace(place)).toBe('/hosts/a%2Fb/repositories/r/snapshots/s')
  expect(pathOfPlace({ kind: 'host', hostId: 'a/b' })).toBe('/hosts/a%2Fb')
  expect(pathOfPlace({ kind: 'replica', planeId: 'p', replicaId: 'x' })).toBe('/replicas/p/x')
})

test('main may have a run shown', async () => {
  const world = busyWorld()
  using shown = showConsole(world, '/')
  await waitFor(() => expect(shown.asked('notices.watch')).toHaveLength(1))
  world.told.notices.publish({ event: 'open', hostId: 'db-01', runId: 'run-partial' })
  await waitFor(() => expect(shown.history.location.pathname).toBe('/hosts/db-01/runs/run-partial'))
})

test('what is chosen is kept at once', async () => {
  const world = busyWorld()
  using shown = showConsole(world, '/')
  await press('You')
  fireEvent.click(await screen.findByText('Notifications…'))
  fireEvent.click(await screen.findByText('With names of files and folders'))
  await waitFor(() => expect(world.noticeSettings).toMatchObject({ fileNames: true, quiet: { from: '22:00' } }))
  fireEvent.change(await screen.findByLabelText('From'), { target: { value: '21:15' } })
  await waitFor(() => expect(world.noticeSettings.quiet).toEqual({ from: '21:15', until: '06:30' }))
  fireEvent.click(await screen.findByText('Also of replicas'))
  await waitFor(() => expect(world.noticeSettings.proofs).toBe(false))
  fireEvent.click(await screen.findByText('Quiet hours'))
  await waitFor(() => expect(world.noticeSettings.quiet).toBeNull())
  expect(shown.asked('notices.change')).toHaveLength(4)
})

test('who you are, by which key, and what each host lets you do', async () => {
  using _ = showConsole(busyWorld(), '/')
  await press('You')
  fireEvent.click(await screen.findByText('About you…'))
  const dialog = await screen.findByRole('dialog')
  await waitFor(() => expect(dialog.textContent).toMatch(/maria@ops-laptop.*Northern clinics/))
  expect(dialog.textContent).toMatch(/[\w-]{43}/)
  await waitFor(() => expect(dialog.textContent).toContain('admin: all of it'))
})
