import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { seen } from '../../test/electron-double.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import type { GoingRun } from '../services/notices/index.ts'
import { ENGLISH } from './english-words.ts'
import { Speech } from './speech.ts'
import { problemOf } from './update-problem.ts'
import { asking, offerUpdate } from './update-questions.ts'
import { feedOf, notesOf, type PackageUpdater, Updates } from './updates.ts'

vi.mock('electron', () => import('../../test/electron-double.ts'))

let directory: ReturnType<typeof temporaryDirectory>
let file: string

beforeEach(() => {
  directory = temporaryDirectory()
  file = join(directory.path, 'updates.json')
})
afterEach(async () => {
  seen.questions.splice(0)
  seen.answers.splice(0)
  await directory[Symbol.asyncDispose]()
})

const FEED = 'https://updates.example/console'
const RUN: GoingRun = {
  hostId: 'h',
  host: 'db-01',
  local: false,
  certain: true,
  runId: 'r',
  kind: 'restore',
  share: null,
}
const NOW = '2026-11-21T14:05:00.000Z'

function world({ feed = FEED, isThere = true }: { feed?: string | null; isThere?: boolean } = {}) {
  const did: string[] = []
  const going: GoingRun[] = []
  let tell: (progress: { readonly percent: number }) => void = () => undefined
  const updater: PackageUpdater = {
    autoDownload: true,
    autoInstallOnAppQuit: true,
    allowDowngrade: true,
    disableWebInstaller: false,
    setFeedURL: ({ url }) => void did.push(`feed ${url}`),
    async checkForUpdates() {
      did.push('check')
      return { isUpdateAvailable: isThere, updateInfo: { version: '2.0.0', releaseNotes: '<b>Faster</b> trees' } }
    },
    downloadUpdate: async () => void did.push('download'),
    quitAndInstall: (...how) => void did.push(`install ${how.join()}`),
    on: (_, listener) => {
      tell = listener
    },
  }
  if (feed !== null) writeFileSync(file, JSON.stringify({ feed }))
  const nothing = () => undefined
  const updates = new Updates({
    file,
    goingRuns: () => going,
    async updater() {
      did.push('loaded')
      return updater
    },
    leaveBy(act) {
      did.push('end')
      act()
    },
    agrees: asking(new Speech()),
    log: { info: nothing, warning: nothing, error: nothing },
    now: () => new Date(NOW),
  })
  return { updates, updater, did, going, progress: (percent: number) => tell({ percent }) }
}

const stepOf = ({ updates }: ReturnType<typeof world>) => updates.state().step

// @security Packages and updates: Updates are off until somebody names a feed, and until then nothing is asked of any server.
test('without a feed there are no updates, and nothing of them is even loaded', async () => {
  const { updates, did } = world({ feed: null })
  expect(updates.state()).toEqual({ feed: null, misread: null, lookedAt: null, step: { at: 'idle' } })
  await expect(updates.look()).rejects.toMatchObject({ code: 'conflict', data: { what: 'updates_off' } })
  expect(await offerUpdate(updates, new Speech())).toContain('Settings')
  expect(did).toEqual([])
  expect(feedOf(file)).toBeNull()
  writeFileSync(file, '{"feed": null}')
  expect(feedOf(file)).toBeNull()
})

// @security Packages and updates: A feed is https, or on this computer; anything else is refused in words.
test.each([
  '{"feed": "http://updates.example/"}',
  '{"feed": "ftp://127.0.0.1/"}',
  '{"feed": "https://me:secret@updates.example/"}',
  '{"feed": "https://updates.example/?key=1"}',
  '{"feed": 7}',
  '{',
])('%s is no feed: updates are off, and it is said why', (text) => {
  writeFileSync(file, text)
  expect(() => feedOf(file)).toThrow('is not understood')
  const { updates } = world({ feed: null })
  expect(updates.state()).toMatchObject({ feed: null, misread: expect.stringMatching(/updates\.json$/) })
})

test.each(['https://updates.example/a', 'http://127.0.0.1:8080/', 'http://[::1]:8080/console'])(
  '%s may be one',
  (feed) => {
    writeFileSync(file, JSON.stringify({ feed }))
    expect(feedOf(file)).toBe(feed)
  },
)

// @security Packages and updates: From where new versions come is asked by the shell, not by the page, and kept for its user alone.
test('a feed that is named is asked about by the shell, kept, and forgotten when updates are turned off', async () => {
  const { updates } = world({ feed: null })
  seen.answers.push(1)
  await expect(updates.setFeed(FEED)).rejects.toMatchObject({ code: 'cancelled' })
  expect([updates.state().feed, existsSync(file)]).toEqual([null, false])

  await updates.setFeed(FEED)
  expect(seen.questions.at(-1)?.detail).toContain(FEED)
  expect(updates.state().feed).toBe(FEED)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ feed: FEED })
  expect(statSync(file).mode & 0o777).toBe(0o600)

  await updates.setFeed(null)
  expect(seen.questions).toHaveLength(2)
  expect([updates.state().feed, existsSync(file)]).toEqual([null, false])
})

// @security Packages and updates: Nothing is fetched or installed before somebody was shown what changed and agreed.
test('what changed is shown before it is fetched, and again somebody is asked before it is installed', async () => {
  const { updates, updater, did } = world()
  expect(await offerUpdate(updates, new Speech())).toBeNull()
  expect(seen.questions).toMatchObject([
    { message: 'Version 2.0.0 is there', detail: 'Faster trees', buttons: ['Download', 'Not now'] },
    { message: 'Version 2.0.0 is ready', buttons: ['Install and restart', 'Not now'] },
  ])
  expect(did).toEqual(['loaded', `feed ${FEED}`, 'check', 'download', 'end', 'install true,true'])
  expect(updater).toMatchObject({
    autoDownload: false,
    autoInstallOnAppQuit: false,
    allowDowngrade: false,
    disableWebInstaller: true,
  })
})

test('step by step it is told how far it is, and each step waits for the one before', async () => {
  const all = world()
  const { updates, updater, progress, did } = all
  const shares: unknown[] = []
  updater.downloadUpdate = async () => {
    progress(42)
    shares.push(stepOf(all))
    progress(250)
    shares.push(stepOf(all))
  }
  using changes = updates.subscribe()
  await expect(updates.fetch()).rejects.toMatchObject({ data: { what: 'nothing_to_fetch' } })
  await expect(updates.install()).rejects.toMatchObject({ data: { what: 'nothing_to_install' } })
  await updates.look()
  const offer = { version: '2.0.0', notes: 'Faster trees' }
  expect(updates.state()).toMatchObject({ lookedAt: NOW, step: { at: 'found', ...offer } })
  await updates.fetch()
  expect(shares).toMatchObject([
    { at: 'fetching', share: 0.42 },
    { at: 'fetching', share: 1 },
  ])
  expect(stepOf(all)).toEqual({ at: 'ready', ...offer })
  expect(changes.rest()).toEqual(['updates'])
  await updates.look()
  expect(stepOf(all)).toEqual({ at: 'ready', ...offer })
  expect(did.filter((what) => what === 'check')).toHaveLength(1)
  await updates.install()
  expect(did.at(-1)).toBe('install true,true')
})

test('whoever declines has nothing fetched, and whoever waits has nothing installed', async () => {
  const first = world()
  seen.answers.push(1)
  expect(await offerUpdate(first.updates, new Speech())).toBeNull()
  expect(first.did).toEqual(['loaded', `feed ${FEED}`, 'check'])
  const second = world()
  seen.answers.push(0, 1)
  expect(await offerUpdate(second.updates, new Speech())).toBeNull()
  expect(second.did.at(-1)).toBe('download')
  expect(stepOf(second).at).toBe('ready')
})

// @security Packages and updates: While a run goes on nothing is updated, also where it began after the update was wanted.
test('a run holds every step of it up', async () => {
  const before = world()
  before.going.push(RUN)
  await expect(before.updates.look()).rejects.toMatchObject({ data: { what: 'run_goes_on', detail: 'db-01' } })
  expect(await offerUpdate(before.updates, new Speech())).toContain('A run goes on')
  expect(before.did).toEqual([])

  const gone = world({ isThere: false })
  gone.going.push({ ...RUN, certain: false })
  expect(await offerUpdate(gone.updates, new Speech())).toBe('This is the newest version.')

  const meanwhile = world()
  await meanwhile.updates.look()
  meanwhile.going.push(RUN)
  await expect(meanwhile.updates.fetch()).rejects.toMatchObject({ data: { what: 'run_goes_on' } })
  meanwhile.going.pop()
  await meanwhile.updates.fetch()
  meanwhile.going.push(RUN)
  await expect(meanwhile.updates.install()).rejects.toMatchObject({ data: { what: 'run_goes_on' } })
  expect(seen.questions).toEqual([])
  expect(meanwhile.did).not.toContain('end')
})

test('a run that begins while somebody reads the question is not ended by the answer', async () => {
  const { updates, going, did } = world()
  await updates.look()
  await updates.fetch()
  const asked = updates.install()
  going.push(RUN)
  await expect(asked).rejects.toMatchObject({ data: { what: 'run_goes_on' } })
  expect(seen.questions).toHaveLength(1)
  expect(did).not.toContain('end')
})

test('two who look at once are one, and a feed that cannot be read is said and tried again', async () => {
  const all = world({ isThere: false })
  const { updates, updater, did } = all
  await Promise.all([updates.look(), updates.look()])
  expect(stepOf(all)).toEqual({ at: 'newest' })
  expect(did.filter((what) => what === 'check')).toHaveLength(1)
  updater.checkForUpdates = async () => {
    throw Object.assign(new Error('getaddrinfo ENOTFOUND updates.example'), { code: 'ENOTFOUND' })
  }
  await updates.look()
  expect(stepOf(all)).toEqual({ at: 'failed', problem: 'no-server' })
  expect(await offerUpdate(updates, new Speech())).toContain('Nobody answers')
  updater.checkForUpdates = async () => null
  await updates.look()
  expect(stepOf(all)).toEqual({ at: 'newest' })
})

test.each([
  [
    'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND',
    'Cannot find channel "latest-linux.yml" update info: HttpError: 404',
    'no-list',
  ],
  ['HTTP_ERROR_404', '404 Not Found', 'no-list'],
  ['HTTP_ERROR_403', '403 Forbidden', 'refused'],
  ['HTTP_ERROR_503', '503 Service Unavailable', 'no-server'],
  ['', 'net::ERR_CERT_AUTHORITY_INVALID', 'not-trusted'],
  ['', 'net::ERR_NAME_NOT_RESOLVED', 'no-server'],
  ['ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1', 'no-server'],
  ['ERR_UPDATER_INVALID_UPDATE_INFO', 'Cannot parse update info', 'not-a-list'],
  ['ERR_CHECKSUM_MISMATCH', 'sha512 checksum mismatch', 'damaged'],
  ['', 'something else', 'other'],
])('%s %s is the problem %s', (code, message, problem) => {
  expect(problemOf(Object.assign(new Error(message), code === '' ? {} : { code }))).toBe(problem)
})

test('notes are text, also of several versions, and it is said where there are none', () => {
  const notes = [
    { version: '2.0.0', note: '<ul><li>One</li></ul>' },
    { version: '1.9.0', note: null },
  ]
  expect(notesOf({ version: '2.0.0', releaseNotes: notes })).toBe('2.0.0\nOne\n\n1.9.0')
  expect(notesOf({ version: '2.0.0', releaseNotes: null })).toBe('The feed does not say what changed.')
})

// @security Packages and updates: What whoever sits before the console is asked of updates is in the shell's own words, in the language of the window; no page can put other words into it.
test('the questions are asked in the language of the window, and in no words of a page', async () => {
  const speech = new Speech()
  const ask = asking(speech)
  speech.learn({ ...ENGLISH, language: 'de', menu: { ...ENGLISH.menu, quit: 'Alles gut' } })
  seen.answers.push(1)
  expect(await ask.toFeed(FEED)).toBe(false)
  expect(seen.questions.at(-1)).toMatchObject({
    message: 'Neue Versionen von dieser Adresse beziehen?',
    buttons: ['Von dort beziehen', 'Abbrechen'],
  })
  expect(seen.questions.at(-1)?.detail).toContain(FEED)
  expect(await offerUpdate(world({ feed: null }).updates, speech)).toContain('Einstellungen')
})
