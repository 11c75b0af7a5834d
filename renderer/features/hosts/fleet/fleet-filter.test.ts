import { expect, test } from 'vitest'
import { fleet, hostView } from '../../../gallery/console/fleet.ts'
import { before, PRESENT } from '../../../gallery/console/moments.ts'
import { countStates, filterHosts, isLate, stateIn, withState } from './fleet-filter.ts'

const names = (filter: string): readonly string[] => filterHosts(fleet(), filter, PRESENT).map(({ name }) => name)

test('every word must fit: text of the row, a label, a state', () => {
  expect(names('')).toHaveLength(fleet().length)
  expect(names('lab 10.20.4.17')).toEqual(['lab-win-7'])
  expect(names('label:Windows')).toEqual(['lab-win-7'])
  expect(names('label:windows db')).toEqual([])
  expect(names('state:away')).toEqual(['lab-win-7'])
  expect(names('state:connecting')).toEqual(['web-02'])
  expect(names('web-02.clinic')).toEqual(['web-02'])
  expect(names('state:nonsense')).toEqual([])
})

test('a nightly backup is late after 26 hours, and a host without any has none that could be', () => {
  expect(isLate(before({ hours: 25 }), PRESENT)).toBe(false)
  expect(isLate(before({ hours: 27 }), PRESENT)).toBe(true)
  const hosts = [hostView('a', { lastSnapshotAt: before({ hours: 30 }) }), hostView('b', { lastSnapshotAt: null })]
  expect(countStates(hosts, PRESENT)).toEqual({ connected: 2, connecting: 0, away: 0, refused: 0, running: 0, late: 1 })
})

test('a state is chosen and left within the words of the filter', () => {
  expect(withState('web label:x', 'away')).toBe('state:away web label:x')
  expect(withState('state:away web', 'late')).toBe('state:late web')
  expect(withState('web State:AWAY', null)).toBe('web')
  expect(stateIn('web state:refused')).toBe('refused')
  expect(stateIn('state:ref')).toBeNull()
})
