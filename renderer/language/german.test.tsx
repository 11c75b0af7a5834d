import { i18n } from '@lingui/core'
import { fireEvent, screen, waitFor } from '@testing-library/react'
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

test('the desktop’s menus and its tray speak German with the window', async () => {
  await inGerman()
  const { shellWords } = await import('../app/shell-words.ts')
  const { shellWordsSchema } = await import('../../contract/shapes/shell-words.ts')
  const words = shellWords(true)
  expect(shellWordsSchema.parse(words)).toEqual(words)
  expect(words).toMatchObject({
    language: 'de',
    masked: true,
    menu: { file: 'Datei', quit: 'Restore Console beenden', lookForUpdates: 'Nach Updates suchen…' },
    tray: {
      runsGoOn: { one: '{count} Lauf ist im Gange', other: '{count} Läufe sind im Gange' },
      runOn: { restore: 'Wiederherstellung auf {host}' },
    },
  })
})

test('over original files of several hosts the German phrase is shown, typed and taken', async () => {
  await inGerman()
  const { showConsole } = await import('../../test/show-console.tsx')
  const { busyWorld } = await import('../gallery/console/index.ts')
  const { FAN_OUT_PARTIAL } = await import('../gallery/console/fan-outs.ts')
  const { describeFault } = await import('../client/describe-fault.ts')
  const world = busyWorld()
  const fanOut = world.fanOuts.get(FAN_OUT_PARTIAL)
  if (fanOut === undefined) throw new Error('There is no such fan-out.')
  const hosts = [...world.hosts.values()].filter(({ link, agent }) => link.state === 'connected' && agent?.privileged)
  const failing = hosts.map(({ id, name }) => ({ ...fanOut.hosts[0], hostId: id, name, state: 'failed' as const }))
  world.fanOuts.set(fanOut.id, { ...fanOut, hosts: failing as typeof fanOut.hosts })
  using console = showConsole(world, `/fan-outs/${fanOut.id}/retry`)
  fireEvent.click(await screen.findByRole('button', { name: /planen$/ }))
  const phrase = `auf ${hosts.length} Hosts am Originalort wiederherstellen`
  fireEvent.change(await screen.findByLabelText(`„${phrase}“ eingeben`), { target: { value: phrase } })
  fireEvent.change(await screen.findByLabelText('Warum'), { target: { value: 'Getauschte Platten' } })
  const start = await screen.findByRole<HTMLButtonElement>('button', {
    name: /am ursprünglichen Ort wiederherstellen$/,
  })
  await waitFor(() => expect(start.disabled).toBe(false))
  fireEvent.click(start)
  await waitFor(() => expect(console.asked('fanOuts.startInPlace')).toMatchObject([{ confirmation: { phrase } }]))
  expect(describeFault({ code: 'conflict', data: { what: 'wrong_phrase', detail: '3' } }).explanation).toContain(
    'auf 3 Hosts am Originalort wiederherstellen',
  )
})

test('what the system shows of a run and of a replica is in German', async () => {
  await inGerman()
  const { noticeWords, proofNoticeWords } = await import('../features/notices/notice-words.ts')
  const { NO_COUNTS } = await import('../../contract/shapes/run.ts')
  const of = { id: 'x', hostId: 'h', host: 'db-01', runId: 'r', names: '' }
  const counts = { ...NO_COUNTS, updated: 1200 }
  expect(noticeWords({ ...of, kind: 'backup', state: 'succeeded', counts }).title).toBe('Sicherung auf db-01: fertig')
  expect(noticeWords({ ...of, kind: 'backup', state: 'succeeded', counts }).line).toContain('1.200')
  const none = { failing: 0, overdue: 0, gap: 0 }
  const replica = { id: 'x', planeId: 'p', replicaId: 'r', name: 'nord', machines: ['a', 'b'], counts: none, cause: '' }
  expect(proofNoticeWords({ ...replica, state: 'overdue' }).line).toContain('a und 1')
})
