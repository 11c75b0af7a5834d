import { expect, test } from 'vitest'
import { changePreferences, currentPreferences, type PreferenceStorage, readPreferences, USUAL } from './preferences.ts'

function storage(): PreferenceStorage {
  const kept = new Map<string, string>()
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) }
}

test('what is kept is read again, and what is not named stays', () => {
  const kept = storage()
  changePreferences({ fontSize: 120 }, kept)
  changePreferences({ keys: { restore: 'x' } }, kept)
  expect(currentPreferences(kept)).toEqual({ ...USUAL, fontSize: 120, keys: { restore: 'x' } })
  expect(currentPreferences(kept)).toBe(currentPreferences(kept))
})

test('one value that cannot be is as usual, and the others are kept', () => {
  expect(readPreferences('{"fontSize": 900, "density": "roomy"}')).toEqual({ ...USUAL, density: 'roomy' })
  expect(readPreferences('not JSON')).toEqual(USUAL)
  expect(readPreferences('[]')).toEqual(USUAL)
})
