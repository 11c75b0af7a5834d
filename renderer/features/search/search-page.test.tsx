import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Fault } from '../../../contract/errors.ts'
import { fill, press, showConsole } from '../../../test/show-console.tsx'
import { busyWorld, NEWEST_SNAPSHOT } from '../../gallery/console/index.ts'

const REPOSITORY = '/search?in=repository&host=db-01&repository=db-01'
const SNAPSHOT = `/search?in=snapshot&host=db-01&repository=db-01&snapshot=${NEWEST_SNAPSHOT}`

/** The row of a path, once it is there. */
async function row(name: string): Promise<HTMLElement> {
  return await waitFor(() => {
    const found = screen.getAllByRole('row').find((each) => each.querySelector(`[title="${name}"]`) !== null)
    if (found === undefined) throw new Error(`there is no row for ${name}`)
    return found
  })
}

function type(key: string, target: Element | null = document.activeElement): void {
  if (target !== null) fireEvent.keyDown(target, { key })
}

function cells(element: HTMLElement): (string | null)[] {
  return within(element)
    .getAllByRole('gridcell')
    .map(({ textContent }) => textContent)
}

test('a pause in typing starts the search, and the address says what is searched', async () => {
  using console = showConsole(busyWorld(), REPOSITORY)
  await fill('Search for', 'nginx.conf')
  expect(cells(await row('nginx.conf')).slice(0, 3)).toEqual(['nginx.conf', '/etc/nginx', '1.41 KiB'])
  expect(console.history.location.search).toContain('text=nginx.conf')
  expect(console.asked('search.find')).toHaveLength(1)
})

test('one letter waits for Enter', async () => {
  using console = showConsole(busyWorld(), REPOSITORY)
  await fill('Search for', 'z')
  type('Enter', screen.getByLabelText('Search for'))
  await screen.findByText(/^\d+ paths?$/)
  expect(console.asked('search.find')).toMatchObject([{ pattern: { text: 'z' } }])
})

test('another search stops the one that goes on', async () => {
  const world = busyWorld({ slow: new Set(['db-01']) })
  using console = showConsole(world, `${REPOSITORY}&text=nginx`)
  await row('nginx.conf')
  await fill('Search for', 'fstab')
  await row('fstab')
  await waitFor(() => expect(world.stopped).toBe(1))
  expect(console.asked('search.find')).toHaveLength(2)
})

test('a stopped search keeps what it found, and says that it was stopped', async () => {
  const world = busyWorld({ slow: new Set(['db-01']) })
  using _ = showConsole(world, `${REPOSITORY}&text=nginx`)
  await row('nginx.conf')
  await press('Stop')
  expect(await screen.findByText('stopped before the end')).toBeDefined()
  expect(await row('nginx.conf')).toBeDefined()
  await waitFor(() => expect(world.stopped).toBe(1))
})

test('leaving the screen stops the search', async () => {
  const world = busyWorld({ slow: new Set(['db-01']) })
  using console = showConsole(world, `${REPOSITORY}&text=nginx`)
  await row('nginx.conf')
  console.history.push('/runs')
  await waitFor(() => expect(world.stopped).toBe(1))
})

test('every repository is searched, and one that is away is named while the others tell what they found', async () => {
  using _ = showConsole(busyWorld(), '/search?text=fstab')
  await screen.findByText('8 paths in 8 repositories')
  expect(await screen.findByText('1 repository could not be searched')).toBeDefined()
  expect(await screen.findByText('lab-win-7 cannot be reached: 10.20.4.17:7420 did not answer in time.')).toBeDefined()
  expect(await screen.findByRole('row', { name: /^db-01 · offsite/ })).toBeDefined()
})

test('a path that newer snapshots lack says when it was last seen', async () => {
  using _ = showConsole(busyWorld(), `${REPOSITORY}&text=nginx`)
  expect(cells(await row('nginx.conf.before-upgrade'))[0]).toContain('last seen 18 Nov')
  expect(cells(await row('nginx.conf'))[0]).not.toContain('last seen')
})

test('type, size and case narrow the search, and what cannot be read stops it with a reason', async () => {
  using console = showConsole(busyWorld(), `${REPOSITORY}&text=sql`)
  await row('clinic-2026-11-20.sql.zst')
  fireEvent.click(screen.getByLabelText('Files'))
  fireEvent.click(screen.getByLabelText('Match case'))
  await fill('Size at least', '1 GB')
  await waitFor(() =>
    expect(console.asked('search.find').at(-1)).toMatchObject({
      types: ['file'],
      size: { least: 1_000_000_000, most: null },
      pattern: { ignoreCase: false },
    }),
  )
  const asked = console.asked('search.find').length
  await fill('Size at most', 'huge')
  await screen.findByText('Write it as 10 MB or 1.5G.')
  expect(console.asked('search.find')).toHaveLength(asked)
})

test('the trouble with a pattern stands at the pattern', async () => {
  const issues = [{ path: ['pattern', 'text'], message: 'Nothing to repeat at character 1.' }]
  const answers = new Map([['search.find', new Fault('invalid_input', { issues })]])
  using _ = showConsole(busyWorld({ answers }), `${REPOSITORY}&text=*x&kind=regular-expression`)
  await screen.findByText('Nothing to repeat at character 1.')
  expect(screen.getByLabelText('Search for').getAttribute('aria-invalid')).toBe('true')
})

test('a search that cannot be made says why, and is made again when asked to', async () => {
  const answers = new Map<string, Fault | 'never'>([['search.find', new Fault('internal', { reference: '7f3a' })]])
  using _ = showConsole(busyWorld({ answers }), `${REPOSITORY}&text=fstab`)
  await screen.findByText('Something unexpected happened')
  answers.clear()
  await press('Try again')
  expect(await row('fstab')).toBeDefined()
})

test('the whole list is used by keyboard: into it, its versions, the tree', async () => {
  using console = showConsole(busyWorld(), `${REPOSITORY}&text=nginx.conf`)
  await row('nginx.conf')
  type('ArrowDown', screen.getByLabelText('Search for'))
  await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('row'))
  type('ArrowDown')
  await waitFor(() => expect(document.activeElement?.textContent).toMatch(/^nginx\.conf\/etc/))
  type('ArrowRight')
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-expanded')).toBe('true'))
  type('ArrowDown')
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-level')).toBe('2'))
  expect(document.activeElement?.textContent).toContain('since')
  type('ArrowLeft')
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-level')).toBe('1'))
  type('Enter')
  const node = await screen.findByRole('checkbox', { name: 'nginx.conf' })
  expect(node.closest('[role=row]')?.getAttribute('tabindex')).toBe('0')
  expect(console.history.location.pathname).toBe(`/hosts/db-01/repositories/db-01/snapshots/${NEWEST_SNAPSHOT}`)
})

test('what was found is restored by itself', async () => {
  using console = showConsole(busyWorld(), `${REPOSITORY}&text=fstab`)
  fireEvent.click(await row('fstab'))
  type('r')
  expect(await screen.findByText('/etc/fstab')).toBeDefined()
  expect(console.history.location.pathname).toBe('/hosts/db-01/restore')
  expect(console.history.location.search).toContain(NEWEST_SNAPSHOT)
})

test('coming back finds the search as it was left, and does not search again', async () => {
  using console = showConsole(busyWorld(), `${REPOSITORY}&text=fstab`)
  fireEvent.click(await row('fstab'))
  type('ArrowRight')
  await waitFor(() => expect(screen.getAllByText(/^since /)).toHaveLength(4))
  console.history.push('/runs')
  await waitFor(() => expect(screen.queryByRole('treegrid')).toBeNull())
  fireEvent.click(screen.getByRole('link', { name: 'Search' }))
  await row('fstab')
  expect(screen.getAllByText(/^since /)).toHaveLength(4)
  expect(console.asked('search.find')).toHaveLength(1)
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-expanded')).toBe('true'))
})

test('in a snapshot there is one version of each path, and nothing to open', async () => {
  using _ = showConsole(busyWorld(), `${SNAPSHOT}&text=*.conf&kind=glob`)
  expect((await row('nginx.conf')).getAttribute('aria-expanded')).toBeNull()
  expect(screen.queryByRole('columnheader', { name: 'Versions' })).toBeNull()
})

test('nothing found says so, and offers to look further', async () => {
  using console = showConsole(busyWorld(), `${REPOSITORY}&text=nginz`)
  await screen.findByText('Nothing matches “nginz”')
  await press('Search all hosts')
  await waitFor(() => expect(console.asked('search.find').at(-1)).toMatchObject({ scope: { kind: 'everywhere' } }))
  expect(console.history.location.search).not.toContain('in=')
})

test('an example can be tried', async () => {
  using console = showConsole(busyWorld(), REPOSITORY)
  await press('*.conf')
  expect(await row('nginx.conf')).toBeDefined()
  expect(console.asked('search.find')).toMatchObject([{ pattern: { kind: 'glob', text: '*.conf' } }])
})

test('a preview above the versions gives the keyboard back to them, and they to what was found', async () => {
  using _ = showConsole(busyWorld(), `${REPOSITORY}&text=fstab`)
  fireEvent.click(await row('fstab'))
  const held = (role: string) => waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe(role))
  type('v')
  await held('option')
  type('p')
  await waitFor(() => expect(screen.getAllByRole('dialog')).toHaveLength(2))
  await waitFor(() => expect(screen.getAllByRole('dialog')[1]?.contains(document.activeElement)).toBe(true))
  type('Escape')
  await held('option')
  expect(screen.getAllByRole('dialog').length).toBeGreaterThan(0)
  type('Escape')
  await held('row')
})

test('a search of another place begins empty, with the keyboard in it', async () => {
  using console = showConsole(busyWorld(), `${REPOSITORY}&text=fstab`)
  await row('fstab')
  console.history.push('/runs')
  await waitFor(() => expect(screen.queryByRole('treegrid')).toBeNull())
  console.history.push(SNAPSHOT)
  await screen.findByText('Find a file in any snapshot')
  expect(screen.queryByRole('treegrid')).toBeNull()
  expect(document.activeElement).toBe(screen.getByLabelText('Search for'))
})
