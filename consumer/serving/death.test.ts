import { expect, test } from 'vitest'
import type { DeathRecord } from '../ledger/rows.ts'
import { afterDeath, deathWords, newsOf, pauseAfter } from './death.ts'

const BEGAN = Date.parse('2026-11-27T12:00:00.000Z')
const second = (of: number): Date => new Date(BEGAN + of * 1000)
const HOUR = 3600
const DAY = 24 * HOUR

const dies = (before: DeathRecord | undefined, at: Date): DeathRecord =>
  afterDeath(before, { key: 'key', runId: 'run', words: 'It was killed.', at })

interface Day {
  /** Seconds that a server lives. */
  readonly lives: number
  /** Seconds until it is there again. */
  readonly away: number
}

/** What is told in a day of a server that dies and comes back for ever, looked at every second as the consumer does. */
function toldInADay({ lives, away }: Day): string[] {
  const told: string[] = []
  let death: DeathRecord | undefined
  let changes = lives
  let isServing = true
  for (let now = 0; now < DAY; now += 1) {
    if (now >= changes) {
      isServing = !isServing
      changes = now + (isServing ? lives : away)
      if (!isServing) death = dies(death, second(now))
      else if (death !== undefined) death = { ...death, aliveSince: second(now).toISOString() }
    }
    if (death === undefined) continue
    const news = newsOf(death, { isServing, failures: 0, at: second(now) })
    if (news === null) continue
    told.push(news)
    death = { ...death, isNews: false, toldAt: news === 'healthy' ? null : second(now).toISOString() }
  }
  return told
}

test('the first death is told at once, and that it is well again after it has lived for a few seconds', () => {
  const dead = dies(undefined, second(0))
  expect(dead).toMatchObject({ count: 1, isNews: true, aliveSince: null, toldAt: null })
  const now = (at: number) => ({ isServing: true, failures: 0, at: second(at) })
  expect(newsOf(dead, now(0))).toBe('unhealthy')
  const told = { ...dead, isNews: false, toldAt: second(0).toISOString() }
  expect(newsOf(told, now(60))).toBeNull()
  const alive = { ...told, aliveSince: second(2).toISOString() }
  expect(newsOf(alive, now(6))).toBeNull()
  expect(newsOf(alive, now(7))).toBe('healthy')
  expect(newsOf(alive, { ...now(7), isServing: false })).toBeNull()
})

test('that it is well again is not told while the last restore failed, nor what a plane does not take', () => {
  const alive = {
    ...dies(undefined, second(0)),
    isNews: false,
    toldAt: second(0).toISOString(),
    aliveSince: second(1).toISOString(),
  }
  expect(newsOf(alive, { isServing: true, failures: 1, at: second(DAY) })).toBeNull()
  const refused = { ...dies(undefined, second(0)), isRefused: true }
  expect(newsOf(refused, { isServing: false, failures: 0, at: second(1) })).toBeNull()
})

test('deaths are counted as one after the other until it has lived for an hour', () => {
  let death = dies(undefined, second(0))
  const lives = (seconds: number): void => {
    const since = Date.parse(death.diedAt)
    death = { ...death, aliveSince: new Date(since).toISOString() }
    death = dies(death, new Date(since + seconds * 1000))
  }
  lives(10)
  lives(HOUR - 1)
  expect(death.count).toBe(3)
  // That it did not start again is the same death.
  expect(dies(death, second(DAY)).count).toBe(3)
  lives(HOUR)
  expect(death.count).toBe(1)
})

test('the pauses are five seconds, then those of failed restores, up to an hour', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 500].map(pauseAfter)).toEqual([5, 120, 240, 480, 960, 1920, 3600, 3600])
})

test.each([
  { lives: 1, away: 1 },
  { lives: 6, away: 1 },
  { lives: 150, away: 30 },
  { lives: HOUR - 1, away: 60 },
])('one that lives for $lives seconds at a time is told of about once an hour, and ends as unhealthy', (day) => {
  const told = toldInADay(day)
  expect(told.length).toBeLessThanOrEqual(48)
  expect(told.length).toBeGreaterThan(12)
  if (day.lives <= 6) expect(told.filter((news) => news === 'healthy').length).toBeLessThanOrEqual(1)
})

test('one death in a day is two reports', () => {
  expect(toldInADay({ lives: DAY / 2, away: 20 })).toEqual(['unhealthy', 'healthy'])
})

test('how it ended stands in the first line, and what it said of itself below', () => {
  const lastLines = Array.from({ length: 9 }, (_, at) => `LOG:  line ${at}`)
  const killed = deathWords({ exitCode: null, signal: 'SIGKILL', lastLines }, second(0), false)
  expect(killed.split('\n')).toEqual([
    'The server of this replica was ended by SIGKILL at 2026-11-27T12:00:00.000Z, and is started again.',
    ...lastLines.slice(-5),
  ])
  expect(deathWords({ exitCode: 1, signal: null, lastLines: [] }, second(0), true)).toBe(
    'The server of this replica ended with 1 at 2026-11-27T12:00:00.000Z, too soon after it began: the snapshot is restored anew.',
  )
})
