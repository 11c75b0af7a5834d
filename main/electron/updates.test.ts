import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { seen } from '../../test/electron-double.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import type { GoingRun } from '../services/notices/index.ts'
import { feedOf, notesOf, Updates, type Updater, wordsOf } from './updates.ts'

vi.mock('electron', () => import('../../test/electron-double.ts'))

afterEach(() => {
  seen.questions.splice(0)
  seen.answers.splice(0)
})

const FEED = 'https://updates.example/console'
const RUN: GoingRun = { hostId: 'h', host: 'db-01', local: false, runId: 'r', kind: 'restore', share: null }

function world({ feed = FEED, isThere = true }: { feed?: string | null; isThere?: boolean } = {}) {
  const did: string[] = []
  const going: GoingRun[] = []
  const updater: Updater = {
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
  }
  const nothing = () => undefined
  const updates = new Updates({
    feed,
    goingRuns: () => going,
    async updater() {
      did.push('loaded')
      return updater
    },
    leaveBy(act) {
      did.push('end')
      act()
    },
    log: { info: nothing, warning: nothing, error: nothing },
  })
  return { updates, updater, did, going }
}

// @security Packages and updates: Updates are off until somebody names a feed, and until then nothing is asked of any server.
test('without a feed nothing is loaded and nobody is asked', async () => {
  await using directory = temporaryDirectory()
  expect(feedOf(join(directory.path, 'updates.json'))).toBeNull()
  const { updates, did } = world({ feed: null })
  expect(await updates.look()).toBe('off')
  expect(did).toEqual([])
  expect(seen.questions).toEqual([])
})

test.each([
  ['{"feed":null}', null],
  [`{"feed":"${FEED}"}`, FEED],
  ['{"feed":"http://127.0.0.1:8080/"}', 'http://127.0.0.1:8080/'],
])('%s names %j', async (text, feed) => {
  await using directory = temporaryDirectory()
  const file = join(directory.path, 'updates.json')
  writeFileSync(file, text)
  expect(feedOf(file)).toBe(feed)
})

// @security Packages and updates: A feed is read over https, or from this very computer.
test.each(['', '{}', '{"feed":"http://updates.example/"}', '{"feed":"file:///tmp/x"}', '{"feed":7}'])(
  'updates.json as %j is refused in a sentence',
  async (text) => {
    await using directory = temporaryDirectory()
    const file = join(directory.path, 'updates.json')
    writeFileSync(file, text)
    expect(() => feedOf(file)).toThrow('is not understood')
  },
)

// @security Packages and updates: Nothing is fetched or installed before somebody was shown what changed and agreed.
test('what changed is shown before it is fetched, and again somebody is asked before it is installed', async () => {
  const { updates, updater, did } = world()
  expect(await updates.look()).toBe('leaving')
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

test('whoever declines has nothing fetched, and whoever waits has nothing installed', async () => {
  const first = world()
  seen.answers.push(1)
  expect(await first.updates.look()).toBe('declined')
  expect(first.did).toEqual(['loaded', `feed ${FEED}`, 'check'])
  const second = world()
  seen.answers.push(0, 1)
  expect(await second.updates.look()).toBe('later')
  expect(second.did.at(-1)).toBe('download')
})

// @security Packages and updates: While a run goes on nothing is updated, also where it began after the update was wanted.
test('a run holds every step of it up', async () => {
  const before = world()
  before.going.push(RUN)
  expect(await before.updates.look()).toBe('busy')
  expect(before.did).toEqual([])

  const meanwhile = world()
  meanwhile.updater.downloadUpdate = async () => void meanwhile.going.push(RUN)
  expect(await meanwhile.updates.look()).toBe('later')
  expect(meanwhile.did).not.toContain('end')
  expect(seen.questions).toHaveLength(1)
})

test('two who look at once are one, and a feed that cannot be read is said and tried again', async () => {
  const { updates, updater, did } = world({ isThere: false })
  expect(await Promise.all([updates.look(), updates.look()])).toEqual(['none', 'none'])
  expect(did.filter((what) => what === 'check')).toHaveLength(1)
  updater.checkForUpdates = async () => {
    throw new Error('ENOTFOUND')
  }
  expect(await updates.look()).toBe('failed')
  updater.checkForUpdates = async () => null
  expect(await updates.look()).toBe('none')
})

test('notes are text, also of several versions, and it is said where there are none', () => {
  const notes = [
    { version: '2.0.0', note: '<ul><li>One</li></ul>' },
    { version: '1.9.0', note: null },
  ]
  expect(notesOf({ version: '2.0.0', releaseNotes: notes })).toBe('2.0.0\nOne\n\n1.9.0')
  expect(notesOf({ version: '2.0.0', releaseNotes: null })).toBe('The feed does not say what changed.')
  expect(wordsOf('off')).toContain('updates.json')
  expect(wordsOf('leaving')).toBeNull()
})
