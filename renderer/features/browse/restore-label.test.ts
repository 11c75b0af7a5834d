import { expect, test } from 'vitest'
import { restoreLabel } from './SelectionActions.tsx'

test.each([
  [{ count: 0, bytes: 0, exact: true, include: [] }, 'Restore…'],
  [{ count: 1, bytes: 29_798, exact: true, include: ['/a'] }, 'Restore 1 item · 29.1 KiB'],
  [{ count: 3, bytes: 1024, exact: false, include: ['/a', '/b', '/c'] }, 'Restore 3 items · at least 1.00 KiB'],
  [{ count: 1, bytes: 0, exact: false, include: ['/a'] }, 'Restore 1 item'],
  [{ count: 1, bytes: 0, exact: false, include: ['/'] }, 'Restore the whole snapshot'],
])('the button says how much is chosen, and no more than is known: %o', (selection, label) => {
  expect(restoreLabel(selection)).toBe(label)
})
