import { MantineProvider } from '@mantine/core'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { EmptyState } from './EmptyState.tsx'
import type { Column } from './table-columns.ts'
import { VirtualTable } from './VirtualTable.tsx'

interface Row {
  readonly id: number
  readonly name: string
}

const columns: readonly Column<Row>[] = [
  { id: 'name', title: 'Name', width: '1fr', cell: (row) => row.name, compare: (a, b) => a.name.localeCompare(b.name) },
  { id: 'act', title: '', width: '80px', cell: (row) => <button type="button">Restore {row.name}</button> },
]

afterEach(cleanup)

function show(rows: readonly Row[]) {
  const opened: string[] = []
  render(
    <MantineProvider>
      <VirtualTable
        label="Things"
        rows={rows}
        columns={columns}
        rowKey={({ id }) => String(id)}
        onOpen={({ name }) => opened.push(name)}
        empty={<EmptyState title="Nothing yet" />}
      />
    </MantineProvider>,
  )
  const row = (name: string): HTMLElement => {
    const found = screen.getByText(name).closest<HTMLElement>('[role=row]')
    if (found === null) throw new Error(`${name} is in no row`)
    return found
  }
  return { opened, row }
}

const three: readonly Row[] = ['pear', 'apple', 'fig'].map((name, id) => ({ id, name }))

test('a click opens a row, a button in it does not', () => {
  const { opened } = show(three)
  fireEvent.click(screen.getByText('apple'))
  fireEvent.click(screen.getByText('Restore fig'))
  expect(opened).toEqual(['apple'])
})

test('the keyboard moves over the rows, takes the focus along, and opens', () => {
  const { opened, row } = show(three)
  row('pear').focus()
  fireEvent.keyDown(row('pear'), { key: 'End' })
  expect(document.activeElement).toBe(row('fig'))
  fireEvent.keyDown(row('fig'), { key: 'ArrowUp' })
  fireEvent.keyDown(row('apple'), { key: 'Enter' })
  expect(opened).toEqual(['apple'])
})

test('Enter on a button in a row is the button’s own', () => {
  const { opened } = show(three)
  fireEvent.keyDown(screen.getByText('Restore pear'), { key: 'Enter' })
  expect(opened).toEqual([])
})

test('a heading sorts, and the other way round when pressed again', () => {
  show(three)
  const names = (): (string | null | undefined)[] =>
    screen.getAllByRole('row').flatMap((row) => {
      const cell = row.querySelector('[role=gridcell]')
      return cell === null ? [] : [cell.textContent]
    })
  fireEvent.click(screen.getByRole('button', { name: 'Name' }))
  expect(names()).toEqual(['apple', 'fig', 'pear'])
  fireEvent.click(screen.getByRole('button', { name: 'Name' }))
  expect(names()).toEqual(['pear', 'fig', 'apple'])
  expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('descending')
})

test('of many rows only a few are in the page, and a reader is told how many there are', () => {
  show(Array.from({ length: 100_000 }, (_, id) => ({ id, name: `row ${id}` })))
  expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('100001')
  expect(screen.getAllByRole('row').length).toBeLessThan(60)
})

test('an empty table says what would be here', () => {
  show([])
  expect(screen.getByText('Nothing yet')).toBeDefined()
})
