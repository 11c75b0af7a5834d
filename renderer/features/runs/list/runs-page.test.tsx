import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Fault } from '../../../../contract/errors.ts'
import { fill, press, showConsole } from '../../../../test/show-console.tsx'
import { busyWorld, emptyWorld, openConsole } from '../../../gallery/console/index.ts'
import { quickRestores, runHistory } from '../../../gallery/console/run-history.ts'

const table = () => screen.findByRole('grid', { name: 'Runs' })
/** How many runs there are, or fit, as the page says it. */
const total = (words: RegExp | string) => screen.findByText(words)

test('of a hundred thousand runs only the pages in sight are asked for', async () => {
  const world = busyWorld()
  world.history = runHistory([...world.hosts.keys()], 100_000)
  using shown = showConsole(world, '/runs')
  await table()
  await total(/^100.0\d\d runs$/)
  const pages = shown.asked('runs.page') as { readonly offset: number; readonly limit: number }[]
  expect(new Set(pages.map(({ offset }) => offset))).toEqual(new Set([0]))
  expect(pages.every(({ limit }) => limit <= 500)).toBe(true)
})

test('what the list is narrowed to stands in the address, and going back undoes it', async () => {
  using shown = showConsole(busyWorld(), '/runs')
  await table()
  await fill('Filter runs', 'run-sample')
  await waitFor(() => expect(shown.history.location.href).toBe('/runs?text=run-sample'))
  await total('2 runs match')
  shown.history.back()
  await total(/^\d+ runs$/)
  expect(screen.getByLabelText<HTMLInputElement>('Filter runs').value).toBe('')
})

test('an address that narrows is taken up: kind, state, host, who and days', async () => {
  const search = 'kind=restore&state=failed&host=files-north&who=maria@ops-laptop&when=7d&text=var'
  using shown = showConsole(busyWorld(), `/runs?${search}`)
  await table()
  const [asked] = shown.asked('runs.page')
  expect(asked).toMatchObject({
    kinds: ['restore'],
    states: ['failed'],
    hostId: 'files-north',
    startedBy: 'maria@ops-laptop',
    text: 'var',
    from: expect.stringMatching(/Z$/),
    to: null,
  })
})

test('what an address cannot mean narrows nothing', async () => {
  using shown = showConsole(busyWorld(), '/runs?kind=job&state=weird&when=whenever&other=1')
  await table()
  expect(shown.asked('runs.page')[0]).toMatchObject({ kinds: null, states: null, from: null, to: null })
})

test('with the keyboard alone: find, go to the rows, open one', async () => {
  using shown = showConsole(busyWorld(), '/runs')
  await table()
  fireEvent.keyDown(document.body, { key: '/', code: 'Slash' })
  const filter = screen.getByLabelText('Filter runs')
  expect(document.activeElement).toBe(filter)
  fireEvent.change(filter, { target: { value: 'run-partial' } })
  await total('1 run matches')
  fireEvent.keyDown(filter, { key: 'ArrowDown' })
  await waitFor(() => expect((document.activeElement as HTMLElement).dataset['row']).toBe('0'))
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Enter' })
  await waitFor(() => expect(shown.history.location.pathname).toBe('/hosts/files-north/runs/run-partial'))
})

test('Escape leaves nothing out any more', async () => {
  using shown = showConsole(busyWorld(), '/runs?state=failed&kind=restore')
  await table()
  fireEvent.keyDown(document.body, { key: 'Escape', code: 'Escape' })
  await waitFor(() => expect(shown.history.location.href).toBe('/runs'))
})

test('where nothing fits, and where nothing has run yet, it is said, with what may be done', async () => {
  {
    using shown = showConsole(busyWorld(), '/runs?text=nothing+like+it')
    await screen.findByText('No run matches the filters')
    await press('Clear the filters')
    await waitFor(() => expect(shown.history.location.href).toBe('/runs'))
  }
  using _ = showConsole(emptyWorld(), '/runs')
  expect(await screen.findByText('Nothing has run yet')).toBeDefined()
})

test('what could not be read is said, and read again', async () => {
  const world = busyWorld({ answers: new Map([['runs.page', new Fault('internal', { reference: 'ref-1' })]]) })
  using _ = showConsole(world, '/runs')
  await screen.findByText(/ref-1/)
  world.answers.clear()
  await press('Try again')
  expect(await table()).toBeDefined()
})

test('a run that goes on is seen to go on, and its end too, without asking again and again', async () => {
  const world = busyWorld({ pace: 30 })
  using _ = showConsole(world, '/runs?text=run-7b1c1a30')
  await screen.findByText('No run matches the filters')
  const client = openConsole(world)
  const [host] = [...world.hosts.values()].filter(({ activeRun, local }) => activeRun === null && !local)
  if (host === undefined) throw new Error('every host is busy')
  await client.repositories.createSample({ hostId: host.id, requestKey: '7b1c1a30-54f0-4f4e-9a34-0d6f2a0a5b11' })
  const rows = within(await table())
  expect(await rows.findByText(/^running/)).toBeDefined()
  expect(await rows.findByText('succeeded')).toBeDefined()
})

test('a host’s page has its newest runs, and leads to all of them', async () => {
  const world = busyWorld({ history: quickRestores('files-north', 70) })
  using shown = showConsole(world, '/hosts/files-north')
  fireEvent.click(await screen.findByRole('tab', { name: 'Runs' }))
  await screen.findByRole('grid', { name: 'Newest runs of this host' })
  const link = await screen.findByRole('link', { name: /^All \d+ runs of this host$/ })
  expect(link.getAttribute('href')).toBe('/runs?host=files-north')
  expect(shown.asked('runs.page')).toContainEqual(expect.objectContaining({ hostId: 'files-north' }))
})
