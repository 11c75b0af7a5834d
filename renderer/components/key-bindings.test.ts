import { expect, test } from 'vitest'
import {
  idOf,
  isChangeable,
  type KeyCommand,
  keyConflict,
  keysOf,
  pressedKeys,
  pressOf,
  translateKeys,
} from './key-bindings.ts'

const restore = { keys: 'r', does: 'restore', label: 'restore' }
const preview = { keys: 'alt+P', does: 'preview', label: 'preview' }
const start = { keys: 'mod+Enter', does: 'start', label: 'start' }

const press = (key: string, more: Partial<KeyboardEvent> = {}): string | null =>
  pressedKeys({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more })

test('a press is named as it is bound', () => {
  expect(press('r')).toBe('r')
  expect(press('R', { shiftKey: true })).toBe('shift+r')
  expect(press('k', { metaKey: true })).toBe('mod+k')
  expect(press('π', { altKey: true, code: 'KeyP' })).toBe('alt+p')
  expect(press('Shift', { shiftKey: true })).toBeNull()
  expect(press('@', { ctrlKey: true, altKey: true })).toBeNull()
})

test('a press that was made of keys is named as these', () => {
  for (const keys of ['r', 'shift+r', 'alt+p', 'mod+enter', 'mod+shift+f', '/', 'shift+?'])
    expect(pressedKeys(pressOf(keys) as KeyboardEvent)).toBe(keys)
})

test('what was given other keys has these, and no longer the usual ones', () => {
  const custom = { [idOf(restore)]: 'x', [idOf(preview)]: 'alt+Q' }
  const shown = [restore, preview, start]
  expect(translateKeys('x', shown, custom)).toBe('r')
  expect(translateKeys('r', shown, custom)).toBe('nothing')
  expect(translateKeys('alt+q', shown, custom)).toBe('alt+p')
  expect(translateKeys('mod+enter', shown, custom)).toBeNull()
  expect(translateKeys('j', shown, custom)).toBeNull()
})

test('two that have each other’s keys do what they say', () => {
  const custom = { [idOf(restore)]: 'alt+p', [idOf(preview)]: 'r' }
  expect(translateKeys('r', [restore, preview], custom)).toBe('alt+p')
  expect(translateKeys('alt+p', [restore, preview], custom)).toBe('r')
})

test('what lists and dialogs answer to is not changed', () => {
  expect(['↑↓', '→', 'Enter', 'Space', 'Escape'].some((keys) => isChangeable({ keys }))).toBe(false)
  expect(['r', '/', 'mod+Enter', 'shift+R', 'shift+?'].every((keys) => isChangeable({ keys }))).toBe(true)
  expect(keysOf({ keys: 'Enter', does: 'open' }, { 'enter open': 'x' })).toBe('Enter')
})

test('keys conflict with what works on the same page or everywhere, as it is bound now', () => {
  const find: KeyCommand = { keys: 'mod+K', does: 'find', label: 'find', pages: 'everywhere' }
  const one: KeyCommand = { ...restore, pages: ['Host', 'Search'] }
  const two: KeyCommand = { keys: 'p', does: 'pin', label: 'pin', pages: ['Hosts'] }
  const three: KeyCommand = { keys: 'b', does: 'basket', label: 'basket', pages: ['Search'] }
  const all = [find, one, two, three]
  expect(keyConflict(one, 'B', all, {})).toMatch(/“basket” on Search/)
  expect(keyConflict(one, 'p', all, {})).toBeNull()
  expect(keyConflict(one, 'mod+k', all, {})).toMatch(/“find” everywhere/)
  expect(keyConflict(find, 'p', all, {})).toMatch(/“pin” on Hosts/)
  expect(keyConflict(one, 'b', all, { [idOf(three)]: 'y' })).toBeNull()
  expect(keyConflict(one, 'y', all, { [idOf(three)]: 'y' })).toMatch(/basket/)
  expect(keyConflict(one, 'r', all, {})).toBeNull()
})

test('keys that lists, browsers and desktops need are refused', () => {
  const one: KeyCommand = { ...restore, pages: ['Host'] }
  expect(['Enter', 'Tab', 'mod+C', 'mod+w', 'F5'].map((keys) => keyConflict(one, keys, [one], {}))).not.toContain(null)
})
