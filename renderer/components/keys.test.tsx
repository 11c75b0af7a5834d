import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { ReactElement } from 'react'
import { afterEach, expect, test } from 'vitest'
import { KeysProvider, useKeys, useShownKeys } from './keys.tsx'

afterEach(cleanup)

function show() {
  const pressed: string[] = []
  const Screen = (): ReactElement => {
    useKeys([
      { keys: 'r', label: 'restore', run: () => pressed.push('r') },
      { keys: 'mod+Enter', label: 'start', run: () => pressed.push('mod+Enter') },
      { keys: '↑↓', label: 'move' },
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
