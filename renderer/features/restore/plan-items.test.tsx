import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { press, showConsole } from '../../../test/show-console.tsx'
import { busyWorld, NEWEST_SNAPSHOT } from '../../gallery/console/index.ts'

test('the last of a million items is read when one goes there, and those between are not', async () => {
  const world = busyWorld()
  world.planning.huge = true
  using console = showConsole(world, `/hosts/db-01/restore?repository=db-01&snapshot=${NEWEST_SNAPSHOT}`)
  await press('Take the whole snapshot')
  await press('Show the items')
  const grid = await screen.findByRole('grid', { name: 'Items of the plan' })
  await within(grid).findByText(/IM_0000000\.dcm$/)
  const first = await waitFor(() => {
    const found = grid.querySelector<HTMLElement>('[data-row="0"]')
    if (found === null) throw new Error('no row yet')
    return found
  })
  first.focus()
  fireEvent.keyDown(first, { key: 'End' })
  expect(await within(grid).findByText(/IM_0999999\.dcm$/)).toBeDefined()
  expect(console.asked('restores.planItems').length).toBeLessThan(6)
})
