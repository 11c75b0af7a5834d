import { MantineProvider } from '@mantine/core'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { type Line, LinePlot } from './LinePlot.tsx'

afterEach(cleanup)

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu']

function show(lines: readonly Line[]): { readonly paths: readonly (string | null)[]; readonly place: Element | null } {
  const { container } = render(
    <MantineProvider env="test">
      <LinePlot
        names={DAYS}
        lines={lines}
        height={120}
        amount="count"
        format={(value) => `${value} restores`}
        tick={String}
      />
    </MantineProvider>,
  )
  return {
    paths: [...container.querySelectorAll('path')].map((path) => path.getAttribute('d')),
    place: container.querySelector('[data-place="2"]'),
  }
}

test('a line goes on behind a place without a value, and stands at its values’ share of the height', () => {
  const { paths } = show([{ name: 'db-01', color: 'red', values: [0, 4, null, 2] }])
  expect(paths).toEqual(['M12.5 100L37.5 0L87.5 50', 'M12.5 100h0M37.5 0h0M87.5 50h0'])
})

test('a line of no values is not drawn, and the next one keeps its dashes', () => {
  const nothing = { name: 'db-01', color: 'red', values: [null, null, null, null] }
  const { paths } = show([nothing, { name: 'db-02', color: 'blue', values: [1, 1, 1, 1] }])
  expect(paths[0]).toBe('M12.5 0L37.5 0L62.5 0L87.5 0')
  expect(document.querySelector('g path')?.getAttribute('stroke-dasharray')).toBe('7 4')
})

test('the figures of the place under the pointer are those that there are', async () => {
  const { place } = show([
    { name: 'db-01', color: 'red', values: [1, 2, null, 4] },
    { name: 'db-02', color: 'blue', values: [5, 6, 7, 8] },
  ])
  fireEvent.pointerOver(place as Element)
  const said = await screen.findByRole('tooltip')
  expect(said.textContent).toBe('Weddb-02: 7 restores')
})
