import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { button, fill, press, showConsole } from '../../../test/show-console.tsx'
import { busyWorld } from '../../gallery/console/index.ts'

const PLACE = '/hosts/db-01/repositories/db-01/compare'

async function row(name: string): Promise<HTMLElement> {
  return waitFor(() => {
    const rows = [...document.querySelectorAll<HTMLElement>('[role=treegrid] [role=row]')]
    const found = rows.find((each) => each.querySelector('[title][data-act]')?.getAttribute('title') === name)
    if (found === undefined) throw new Error(`there is no row ${name}`)
    return found
  })
}

async function open(...names: readonly string[]): Promise<void> {
  for (const name of names) fireEvent.click((await row(name)).querySelector('[data-act=open]') ?? document.body)
}

/** Put the keyboard on a row. */
async function on(name: string): Promise<void> {
  fireEvent.click((await row(name)).querySelector('[role=gridcell]:last-child') ?? document.body)
}

test('a level is asked for when it is opened, and each folder says what differs in it', async () => {
  using console = showConsole(busyWorld(), PLACE)
  await waitFor(async () => expect((await row('etc')).textContent).toContain('1 removed, 3 changed, 1 of another type'))
  expect(console.asked('compare.level')).toHaveLength(1)
  await open('etc', 'postgresql')
  expect((await row('postgresql.conf')).textContent).toContain('content changed')
  expect(console.asked('compare.level')).toHaveLength(3)
  expect(document.body.textContent).not.toContain('pg_hba.conf')
})

test('metadata and kinds are shown or not, with the same folders open and nothing asked anew', async () => {
  using console = showConsole(busyWorld(), PLACE)
  await open('etc')
  await row('hosts')
  fireEvent.click(await screen.findByRole('switch', { name: 'Metadata' }))
  expect((await row('passwd')).textContent).toContain('mode 0640 → 0644')
  fireEvent.click(await screen.findByRole('checkbox', { name: /changed$/ }))
  await waitFor(() => expect(document.body.textContent).not.toContain('nginx.conf'))
  await row('passwd')
  await waitFor(() => expect([...document.querySelectorAll('[title="hosts"]')]).toEqual([]))
  expect(console.asked('compare.level')).toHaveLength(2)
})

test('the sides change places, and one may be the host now', async () => {
  using console = showConsole(busyWorld(), PLACE)
  await row('etc')
  const sides = console.asked('compare.rollUps')[0]
  await press('Swap the sides')
  await waitFor(() => expect(console.history.location.search).toContain('from='))
  await screen.findByText('The earlier side is the newer one')
  console.history.push(`${PLACE}?to=now`)
  await screen.findByText(/folders compared: .*1 folder that cannot be read/)
  expect((await row('etc')).textContent).toContain('1 removed, 3 changed, 1 of another type')
  expect(console.asked('compare.rollUps')[0]).toEqual(sides)
  expect(console.asked('compare.liveLevel')).toHaveLength(1)
  expect(console.asked('compare.liveRollUps')).toHaveLength(1)
})

test('what a file of the host holds is compared when asked, and its mark and the sums above it say what came of it', async () => {
  using console = showConsole(busyWorld(), `${PLACE}?to=now`)
  const name = 'naïve “report” (final).odt'
  await waitFor(async () => expect((await row('home')).textContent).toContain('2 changed, 1 not compared yet'))
  await open('home', 'maria')
  expect((await row(name)).textContent).toContain('another time, the same size')
  await on(name)
  await press('Compare content')
  await screen.findByText('It holds something else')
  await waitFor(async () => expect((await row(name)).textContent).toContain('content changed'))
  expect((await row('home')).textContent).toContain('3 changed')
  expect((await row('home')).textContent).not.toContain('not compared yet')
  expect(console.asked('compare.liveContents')).toMatchObject([{ limit: 0, compare: true }])
  expect(screen.queryByRole('button', { name: 'Compare content' })).toBeNull()
})

test('a filter lists what differs from the host now too, and says what cannot be looked into', async () => {
  using console = showConsole(busyWorld(), `${PLACE}?to=now`)
  await row('etc')
  await fill('Filter changed paths', 'CONF')
  const table = await screen.findByRole('grid', { name: 'Changed paths' })
  await waitFor(() => expect(table.textContent).toContain('/etc/nginx/nginx.conf.before-upgrade'))
  await screen.findByText(/the agent cannot look into 1 folder of the host/)
  expect(console.asked('compare.liveChanges')).toMatchObject([{ filter: 'CONF', path: '/' }])
})

test('three texts stand beside each other, and each is read once', async () => {
  using console = showConsole(busyWorld(), PLACE)
  await open('etc', 'postgresql')
  await on('postgresql.conf')
  await press('Difference…')
  await screen.findByRole('region', { name: 'The difference' })
  fireEvent.click(await screen.findByRole('radio', { name: 'all three' }))
  const difference = await screen.findByRole('region', { name: 'The difference of all three' })
  expect(difference.textContent).toContain('max_connections = 100')
  expect(difference.textContent).toContain('max_connections = 200')
  expect(screen.getByText(/by the later version/)).toBeDefined()
  expect(console.asked('preview.read')).toHaveLength(2)
  expect(console.asked('compare.liveContents')).toHaveLength(1)
})

test('a changed text is shown side by side, with its other encoding or line ends named', async () => {
  using console = showConsole(busyWorld(), PLACE)
  await open('etc', 'postgresql')
  await on('postgresql.conf')
  await press('Difference…')
  const difference = await screen.findByRole('region', { name: 'The difference' })
  expect(difference.textContent).toContain('max_connections = 100')
  expect(difference.textContent).toContain('max_connections = 200')
  expect(document.body.textContent).toContain('Other line ends: CRLF → LF')
  expect(console.asked('preview.read')).toHaveLength(2)
  const [fold] = within(difference).getAllByRole('button', { name: /the same$/ })
  const before = difference.textContent?.length ?? 0
  if (fold !== undefined) fireEvent.click(fold)
  expect(difference.textContent?.length ?? 0).toBeGreaterThan(before)
})

test('metadata stands field by field, with what differs marked, beside the host now', async () => {
  using _ = showConsole(busyWorld(), PLACE)
  await open('etc')
  await on('hosts')
  await press('Difference…')
  fireEvent.click(await screen.findByRole('tab', { name: 'Metadata' }))
  const record = await screen.findByRole('region', { name: 'Metadata of both sides' })
  expect(within(record).getAllByRole('columnheader')).toHaveLength(4)
  expect(within(record).getByRole('columnheader', { name: 'Host now' })).toBeDefined()
})

test('all that a folder had and has no more goes into the basket at once', async () => {
  using _ = showConsole(busyWorld(), PLACE)
  await open('srv')
  await on('dumps')
  await press('All removed to basket')
  expect(await screen.findByText('1 removed path.')).toBeDefined()
  await button('Earlier to basket')
})

test('a filter lists changed paths wherever they are', async () => {
  using console = showConsole(busyWorld(), PLACE)
  await row('etc')
  await fill('Filter changed paths', 'CONF')
  const table = await screen.findByRole('grid', { name: 'Changed paths' })
  await waitFor(() => expect(table.textContent).toContain('/etc/nginx/nginx.conf.before-upgrade'))
  expect(console.asked('compare.changes')).toMatchObject([{ filter: 'CONF', metadata: false }])
})

test('nothing to see says so, and what may be looked for besides', async () => {
  using _ = showConsole(busyWorld({ alike: true }), PLACE)
  await screen.findByText('Nothing you filtered for differs')
  await press('Look for everything, metadata too')
  expect(await screen.findByText('Nothing differs')).toBeDefined()
})

test('a comparison can be stopped and goes on from where it was', async () => {
  using console = showConsole(busyWorld({ slow: new Set(['db-01']) }), PLACE)
  await press('Stop')
  await screen.findByText(/^Stopped after/)
  await press('Go on')
  await waitFor(() => expect(console.asked('compare.rollUps')).toMatchObject([{ skip: 0 }, { skip: 4 }]))
})
