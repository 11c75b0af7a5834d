import { i18n } from '@lingui/core'
import { screen } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'

// The whole console is drawn.
vi.setConfig({ testTimeout: 60_000 })

/** A Saturday; what the gallery shows was made around it. */
const NOW = new Date(2026, 10, 21, 14, 5)

// Sentences stand in constants: all that says one is imported once German is spoken.
async function inGerman() {
  vi.resetModules()
  const { loadLanguage } = await import('./load-language.ts')
  await loadLanguage({ language: 'de', locale: 'de-DE' })
}

beforeEach(() => {
  window.localStorage.clear()
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  return () => {
    vi.useRealTimers()
    i18n.activate('en', 'en-GB')
    vi.resetModules()
  }
})

test('numbers, dates, spans and lists are written as in Germany', async () => {
  await inGerman()
  const format = await import('../components/format.ts')
  expect(format.formatCount(2_841_097)).toBe('2.841.097')
  expect(format.formatBytes(10_235)).toBe('10,0 KiB')
  expect(format.formatMoment(new Date(2026, 2, 1, 2, 0))).toBe('1. März 2026, 02:00')
  expect(format.formatMonthDay(new Date(2026, 10, 20))).toBe('20. Nov.')
  expect(format.formatList(['a', 'b', 'c'])).toBe('a, b und c')
})

test('the palette knows the days by their German names, and a size has a comma', async () => {
  await inGerman()
  const { readQuery } = await import('../features/palette/read-query.ts')
  const { readSize } = await import('../features/search/read-size.ts')
  const day = (text: string): Date | undefined => readQuery(text, NOW).day?.from
  expect(day('db-01 gestern')).toEqual(new Date(2026, 10, 20))
  expect(day('freitag')).toEqual(new Date(2026, 10, 20))
  expect(day('3. märz')).toEqual(new Date(2026, 2, 3))
  expect(day('friday')).toEqual(new Date(2026, 10, 20))
  expect(readSize('1,5G')).toBe(1.5 * 1024 ** 3)
})

test('the hosts are shown in German, and one is counted otherwise than several', async () => {
  await inGerman()
  const { showConsole } = await import('../../test/show-console.tsx')
  const { busyWorld } = await import('../gallery/console/index.ts')
  using _ = showConsole(busyWorld(), '/')
  await screen.findByText('db-01')
  expect(document.documentElement.lang).toBe('de')
  expect(screen.getByRole('link', { name: 'Prüfer' })).toBeDefined()
  expect(screen.getByRole('columnheader', { name: /Letzte Wiederherstellung/ })).toBeDefined()
  expect(await screen.findByText(/^\d von 9 Hosts verbunden$/)).toBeDefined()
  expect(screen.getAllByText(/^vor \d+ \S+$/).length).toBeGreaterThan(0)
})
