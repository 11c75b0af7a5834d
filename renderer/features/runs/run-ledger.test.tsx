import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fill, showConsole } from '../../../test/show-console.tsx'
import { busyWorld } from '../../gallery/console/index.ts'

const MILLION = '/hosts/files-north/runs/run-million'

async function ledger(): Promise<HTMLElement> {
  return await screen.findByRole('grid', { name: 'Ledger' })
}

test('of a million rows only those in sight are read and drawn, failures first', async () => {
  using console = showConsole(busyWorld(), MILLION)
  const grid = await ledger()
  await within(grid).findByText(/^The pack 9f31c2a7/)
  expect(grid.getAttribute('aria-rowcount')).toBe('1000004')
  expect(within(grid).getAllByRole('row').length).toBeLessThan(100)
  expect(within(grid).getAllByRole('row')[1]?.textContent).toContain('failed')
  expect(console.asked('runs.ledger')).toEqual([
    { hostId: 'files-north', runId: 'run-million', action: null, text: '', offset: 0, limit: 500 },
  ])
})

test('the end of a million rows is one page away', async () => {
  using console = showConsole(busyWorld(), MILLION)
  const grid = await ledger()
  const row = await waitFor(() => {
    const found = grid.querySelector<HTMLElement>('[data-row="0"]')
    if (found === null) throw new Error('no row yet')
    return found
  })
  row.focus()
  fireEvent.keyDown(row, { key: 'End' })
  expect(await within(grid).findByText('/srv/archive/0999/scan-999.tif')).toBeDefined()
  const offsets = console.asked('runs.ledger').map((input) => (input as { readonly offset: number }).offset)
  expect(offsets.length).toBeLessThan(5)
  expect(Math.max(...offsets)).toBe(1_000_000)
})

test('the chips and the text narrow it on the host’s side', async () => {
  using console = showConsole(busyWorld(), MILLION)
  const grid = await ledger()
  fireEvent.click(await screen.findByRole('radio', { name: 'failed 2' }))
  await waitFor(() => expect(grid.getAttribute('aria-rowcount')).toBe('3'))
  await fill('Filter paths', 'BAD')
  expect(await screen.findByText('1 item with “BAD”')).toBeDefined()
  expect(console.asked('runs.ledger').at(-1)).toMatchObject({ action: 'failed', text: 'BAD' })
  await fill('Filter paths', 'nothing like it')
  expect(await screen.findByText('No path contains that')).toBeDefined()
})

test('a row that is opened shows its reason in full and its odd name as on the disk', async () => {
  using _ = showConsole(busyWorld(), MILLION)
  const grid = await ledger()
  fireEvent.click(await within(grid).findByText(/^What was read back differs/))
  const item = await screen.findByRole('region', { name: 'Item' })
  expect(item.textContent).toContain('/srv/archive/0007/bad\\xffname.tif')
  expect(item.textContent).toContain('then retry what failed.')
  expect(within(item).getByRole('button', { name: 'Close the item' })).toBeDefined()
  fireEvent.keyDown(document.body, { key: 'Escape' })
  expect(screen.queryByRole('region', { name: 'Item' })).toBeNull()
})
