import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { press, showConsole } from '../../../../test/show-console.tsx'
import { busyWorld, crowdedWorld, type World } from '../../../gallery/console/index.ts'
import { HOST_COLUMNS } from './host-columns.tsx'

const names = (): readonly string[] =>
  screen.getAllByRole('row').flatMap((row) => within(row).queryAllByRole('gridcell')[0]?.textContent ?? [])

function change(world: World, id: string, reason: string): void {
  const host = world.hosts.get(id)
  if (host === undefined) throw new Error(`the world has no ${id}`)
  const changed = { ...host, link: { ...host.link, state: 'unreachable' as const, reason } }
  world.hosts.set(id, changed)
  world.told.hosts.publish(changed)
}

test('of a thousand hosts, one that changes draws its own row and no other', async () => {
  const world = crowdedWorld()
  using _ = showConsole(world, '/')
  await screen.findByText('db-095')
  await waitFor(() => expect(names()).toHaveLength(10))
  const [column] = HOST_COLUMNS
  if (column === undefined) throw new Error('there are no columns')
  using drawn = vi.spyOn(column, 'cell')
  change(world, 'db-095', 'the cable was pulled')
  await screen.findByText(/the cable was pulled/)
  expect(drawn.mock.calls.map(([host]) => host.name)).toEqual(['db-095'])
  // One that is out of sight is counted, and draws no row at all.
  drawn.mockClear()
  change(world, 'web-160', 'out of sight')
  await screen.findByRole('button', { name: 'away 22' })
  expect(drawn).not.toHaveBeenCalled()
})

test('a count is a filter, and pressed again it is none', async () => {
  using _ = showConsole(busyWorld(), '/')
  await press('away 1')
  await waitFor(() => expect(names()).toEqual(['lab-win-7']))
  await press('away 1')
  await waitFor(() => expect(names().length).toBeGreaterThan(5))
})

test('the letter p keeps a host at the top, and the letter l edits its labels where they stand', async () => {
  using console = showConsole(busyWorld(), '/')
  await waitFor(() => expect(names()).toHaveLength(9))
  const active = (): HTMLElement => {
    const row = document.querySelector<HTMLElement>('[role=grid] [data-row][tabindex="0"]')
    if (row === null) throw new Error('no row has the keyboard')
    return row
  }
  active().focus()
  fireEvent.keyDown(active(), { key: 'ArrowDown' })
  await waitFor(() => expect(active().textContent).toContain('db-01'))
  fireEvent.keyDown(active(), { key: 'p' })
  await waitFor(() => expect(console.asked('hosts.change')).toHaveLength(1))
  expect(console.asked('hosts.change')[0]).toMatchObject({ hostId: 'db-01', pinned: false, name: null, labels: null })
  fireEvent.keyDown(active(), { key: 'l' })
  const field = await screen.findByLabelText('Labels of db-01', { selector: 'input' })
  fireEvent.keyDown(field, { key: 'Escape' })
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(document.activeElement).toBe(active())
})
