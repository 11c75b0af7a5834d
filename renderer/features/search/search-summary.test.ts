import { expect, test } from 'vitest'
import type { PlacedSearchEvent } from '../../../contract/console/search.ts'
import { Fault, writeFault } from '../../../contract/errors.ts'
import { SearchResults } from './results/search-results.ts'
import { foundWords, progressWords, type SearchSummary, summaryOf } from './search-summary.ts'

type Event = PlacedSearchEvent['event']

const AWAY: Event = { kind: 'failed', fault: writeFault(new Fault('unreachable', { host: 'a', reason: 'off' })) }
const ENDED: Event = { kind: 'ended', directories: 1_200, complete: true }
const badPattern = new Fault('invalid_input', { issues: [{ path: [], message: 'Nothing to repeat.' }] })

function summary(state: SearchSummary['state'], places: Readonly<Record<string, Event>>, error?: unknown) {
  const results = new SearchResults()
  for (const [hostId, event] of Object.entries(places)) results.take({ hostId, repositoryId: 'nightly', event })
  return summaryOf({ state, error, results })
}

test('a search that some repositories failed in has found what the others told', () => {
  const told = summary('ended', { a: AWAY, b: ENDED })
  expect(told).toMatchObject({ done: 2, failed: [{ hostId: 'a', fault: { code: 'unreachable' } }] })
  expect(foundWords(told, true)).toBe('Nothing found')
})

test('nothing found is not said of what could not be searched', () => {
  expect(foundWords(summary('ended', { a: AWAY, b: AWAY }), true)).toBe('Nothing could be searched')
  expect(foundWords(summary('failed', {}, new Error('lost')), true)).toBe('Nothing could be searched')
})

test('a refused pattern is known as such, whether the whole search or a repository refused it', () => {
  expect(summary('failed', {}, badPattern).patternProblem).toBe('Nothing to repeat.')
  const refused: Event = { kind: 'failed', fault: writeFault(badPattern) }
  expect(summary('ended', { a: refused }).patternProblem).toBe('Nothing to repeat.')
  expect(summary('ended', { a: AWAY }).patternProblem).toBeNull()
})

test('progress counts repositories where there are several', () => {
  const told = summary('looking', { a: ENDED, b: { kind: 'looked', directories: 34, at: '/srv' } })
  expect(progressWords(told, 9)).toBe('1,234 directories, 1 of 9 repositories')
  expect(progressWords(told, 1)).toBe('1,234 directories')
})
