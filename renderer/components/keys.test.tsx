import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { ReactElement } from 'react'
import { afterEach, expect, test } from 'vitest'
import { idOf } from './key-bindings.ts'
import { KeysProvider, useKeys, useShownKeys } from './keys.tsx'
import { changePreferences } from './preferences.ts'

afterEach(() => {
  cleanup()
  window.localStorage.clear()
})

function show() {
  const pressed: string[] = []
  const Screen = (): ReactElement => {
    useKeys([
      { keys: 'r', does: 'restore', label: 'restore', run: () => pressed.push('r') },
      { keys: 'mod+Enter', does: 'start', label: 'start', run: () => pressed.push('mod+Enter') },
      { keys: '↑↓', does: 'move', label: 'move' },
    ])
    return <input aria-label="Text" />
  }
  const Footer = (): ReactElement => (
    <p>
      {useShownKeys()
        .map(({ keys, label }) => `${keys} ${label}`)
        .join(', ')}
    </p>
  )
  const view = ({ isOpen }: { isOpen: boolean }): ReactElement => (
    <KeysProvider>
      {isOpen && <Screen />}
      <Footer />
    </KeysProvider>
  )
  const { rerender } = render(view({ isOpen: true }))
  return { pressed, leave: () => rerender(view({ isOpen: false })) }
}

test('keys that work are shown, and no longer when their screen is left', () => {
  const { leave } = show()
  expect(screen.getByText('r restore, mod+Enter start, ↑↓ move')).toBeDefined()
  leave()
  expect(screen.queryByText(/restore/)).toBeNull()
})

test('a plain key acts, but not while text is being entered', () => {
  const { pressed } = show()
  fireEvent.keyDown(document.body, { key: 'r', code: 'KeyR' })
  expect(pressed).toEqual(['r'])
  fireEvent.keyDown(screen.getByLabelText('Text'), { key: 'r', code: 'KeyR' })
  expect(pressed).toEqual(['r'])
})

test('a key with Control acts also while text is being entered', () => {
  const { pressed } = show()
  fireEvent.keyDown(screen.getByLabelText('Text'), { key: 'Enter', code: 'Enter', ctrlKey: true })
  expect(pressed).toEqual(['mod+Enter'])
})

test('what was given another key is shown with it, acts on it, and no longer on the usual one', () => {
  changePreferences({ keys: { [idOf({ keys: 'r', does: 'restore' })]: 'x' } })
  const { pressed } = show()
  expect(screen.getByText('x restore, mod+Enter start, ↑↓ move')).toBeDefined()
  fireEvent.keyDown(document.body, { key: 'r', code: 'KeyR' })
  expect(pressed).toEqual([])
  fireEvent.keyDown(screen.getByLabelText('Text'), { key: 'x', code: 'KeyX' })
  expect(pressed).toEqual([])
  fireEvent.keyDown(document.body, { key: 'x', code: 'KeyX' })
  expect(pressed).toEqual(['r'])
})

test('a part that acts on a key itself hears the usual one', () => {
  const heard: string[] = []
  const move = { keys: 'p', does: 'pin', label: 'pin' }
  changePreferences({ keys: { [idOf(move)]: 'alt+K' } })
  const Row = (): ReactElement => {
    useKeys([move])
    return <div role="row" tabIndex={0} onKeyDown={({ key }) => heard.push(key)} />
  }
  render(
    <KeysProvider>
      <Row />
    </KeysProvider>,
  )
  fireEvent.keyDown(screen.getByRole('row'), { key: '˚', code: 'KeyK', altKey: true })
  expect(heard).toEqual(['p'])
})
