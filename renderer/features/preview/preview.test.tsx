import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Fault } from '../../../contract/errors.ts'
import { PREVIEW_LIMIT } from '../../../contract/shapes/preview.ts'
import { button, press, showConsole } from '../../../test/show-console.tsx'
import { busyWorld, NEWEST_SNAPSHOT, type World } from '../../gallery/console/index.ts'
import { TEXT_LIMIT } from './use-preview.ts'

const PLACE = `/hosts/db-01/repositories/db-01/snapshots/${NEWEST_SNAPSHOT}`

/** Open folders and look into the file that is in the last of them. */
async function look(world: World, ...path: readonly string[]) {
  const console = showConsole(world, PLACE)
  for (const name of path) {
    const box = await screen.findByRole('checkbox', { name })
    const row = box.closest('[role=row]')
    fireEvent.click(row?.querySelector('[data-act=open]') ?? document.body)
  }
  await press('Preview')
  return console
}

const limits = (asked: readonly unknown[]): number[] => asked.map((input) => (input as { limit: number }).limit)

test('a text is shown with numbered lines, its encoding and how much of it that is', async () => {
  using console = await look(busyWorld(), 'var', 'log', 'syslog')
  expect(await screen.findByText(/^first 256 KiB of 3.00 MiB shown · UTF-8 · lines end with LF$/)).toBeDefined()
  expect(screen.getByRole('region', { name: 'What is in the file' }).textContent).toContain('1Nov 21 02:00:00 db-01')
  expect(limits(console.asked('preview.read'))).toEqual([TEXT_LIMIT])
  expect(await button('Copy what is shown')).toBeDefined()
})

test('what deceives is made visible, and markup is only text', async () => {
  using _ = await look(busyWorld(), 'home', 'maria', 'line\\nbreak')
  expect(await screen.findByText('\\u202e')).toBeDefined()
  expect(screen.getAllByText('^[')).toHaveLength(2)
})

test('an image is asked for whole, once, and drawn from a data address', async () => {
  using console = await look(busyWorld(), 'home', 'maria', '🦊.png')
  const image = await screen.findByRole<HTMLImageElement>('img', { name: 'PNG image' })
  expect(screen.getByText('PNG image · 180 × 120 pixels')).toBeDefined()
  expect(image.src).toMatch(/^data:image\/png;base64,iVBORw0KGgo/)
  expect(limits(console.asked('preview.read'))).toEqual([PREVIEW_LIMIT])
})

test('an image that cannot be drawn is shown as its bytes', async () => {
  using _ = await look(busyWorld(), 'home', 'maria', '🦊.png')
  fireEvent.error(await screen.findByRole('img', { name: 'PNG image' }))
  expect(await screen.findByText(/^PNG image that cannot be drawn/)).toBeDefined()
  expect(screen.getByLabelText('What is in the file').textContent).toContain('00000000  89 50 4e 47')
})

test('all else is shown as bytes, and named where it can be', async () => {
  using _ = await look(busyWorld(), 'srv', 'dumps', 'clinic-2026-11-21.sql.zst')
  expect(await screen.findByText('Zstd archive · first 4.00 KiB of 1.20 GiB shown')).toBeDefined()
})

test('without the permission it says who can give it, and offers no second try', async () => {
  const answers = new Map([['preview.read', new Fault('forbidden', { needs: 'read-contents' })]])
  using _ = await look(busyWorld({ answers }), 'etc', 'passwd')
  expect(await screen.findByText('You may not look into files of db-01')).toBeDefined()
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
})

test('each look is asked for anew: nothing of a file is kept', async () => {
  using console = await look(busyWorld(), 'etc', 'fstab')
  await screen.findByText('# This file is made up.')
  await press('Close')
  await waitFor(() => expect(screen.queryByText('# This file is made up.')).toBeNull())
  await press('Preview')
  await screen.findByText('# This file is made up.')
  expect(console.asked('preview.read')).toHaveLength(2)
})

test('the lines are wrapped or not as one likes', async () => {
  using _ = await look(busyWorld(), 'var', 'log', 'syslog')
  const wrap = await screen.findByRole<HTMLInputElement>('switch', { name: 'Wrap (w)' })
  expect(wrap.checked).toBe(true)
  fireEvent.keyDown(screen.getByRole('region', { name: 'What is in the file' }), { key: 'w' })
  await waitFor(() => expect(wrap.checked).toBe(false))
})
