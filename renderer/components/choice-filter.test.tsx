import { MantineProvider } from '@mantine/core'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { type ReactElement, useState } from 'react'
import { afterEach, expect, test } from 'vitest'
import { ChoiceFilter } from './ChoiceFilter.tsx'

afterEach(cleanup)

const HOSTS = ['db-01', 'db-02', 'db-03']
const MANY = Array.from({ length: 12 }, (_, at) => `operator-${at}`)

function Filter({ label, names }: { readonly label: string; readonly names: readonly string[] }): ReactElement {
  const [value, setValue] = useState<readonly string[]>([])
  const choices = names.map((name) => ({ value: name, label: name }))
  return <ChoiceFilter label={label} choices={choices} value={value} onChange={setValue} />
}

function show(): void {
  render(
    <MantineProvider env="test">
      <main>
        <Filter label="Host" names={HOSTS} />
        <Filter label="Who" names={MANY} />
        <input aria-label="Text" />
      </main>
    </MantineProvider>,
  )
}

const button = (words: string): HTMLElement => screen.getByRole('button', { name: words })

function press(key: string): void {
  const at = document.activeElement
  if (at !== null) fireEvent.keyDown(at, { key, code: key })
}

/** What waits for its turn gets it. */
async function settle(): Promise<void> {
  await act(() => new Promise((resolve) => setTimeout(resolve, 20)))
}

test('a filter that was left takes the keyboard back from nobody', async () => {
  show()
  button('Who').focus()
  press('Enter')
  await settle()
  press('Escape')
  button('Host').focus()
  await settle()
  expect(document.activeElement).toBe(button('Host'))
  press('Enter')
  expect(await screen.findByRole('option', { name: 'db-01' })).toBeDefined()
  fireEvent.mouseDown(screen.getByLabelText('Text'))
  screen.getByLabelText('Text').focus()
  await settle()
  expect(document.activeElement).toBe(screen.getByLabelText('Text'))
})

test('after Escape in the text of a long list the keyboard is at the filter', async () => {
  show()
  button('Who').focus()
  press('Enter')
  await settle()
  expect(document.activeElement).toBe(screen.getByLabelText('Look for: Who'))
  press('Escape')
  expect(document.activeElement).toBe(button('Who'))
})

test('Enter chooses what is marked, also after what was chosen has changed', async () => {
  show()
  button('Host').focus()
  press('Enter')
  await settle()
  const marked = (): string =>
    screen.getAllByRole('option').find((option) => option.hasAttribute('data-combobox-selected'))?.textContent ?? ''
  const goTo = (name: string): void => {
    for (let turn = 0; turn < 5 && marked() !== name; turn += 1) press('ArrowDown')
    expect(marked()).toBe(name)
  }
  goTo('db-02')
  press('Enter')
  expect(button('Host: db-02')).toBeDefined()
  expect(marked()).toBe('db-02')
  press('Enter')
  expect(button('Host')).toBeDefined()
  press('Enter')
  goTo('db-03')
  press('Enter')
  expect(button('Host: 2')).toBeDefined()
  goTo('Any')
  press('Enter')
  expect(button('Host')).toBeDefined()
})
