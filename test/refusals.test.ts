import { randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import type { ConsoleClient } from '../contract/console/index.ts'
import { type Fault, isFault } from '../contract/errors.ts'
import { type Issue, issueOf, REFUSALS, type RefusalCode } from '../contract/refusals.ts'
import { USUAL_LINK_TIMES } from '../contract/shapes/link-times.ts'
import { USUAL_RESTORE_DEFAULT } from '../contract/shapes/restore-default.ts'
import { compilePattern } from '../engine/repository/pattern/pattern.ts'
import { AgentDouble } from './agent-double.ts'
import { sampleValues, silence, speakIn } from './coded-sentences.ts'
import { consoleOverDouble, keychainInMemory } from './console-over-double.ts'
import { newRestore } from './restore-request.ts'
import { temporaryDirectory } from './temporary-directory.ts'

const codes = Object.keys(REFUSALS) as RefusalCode[]

/** An issue of any code; each of its values is its own name. */
function sample(code: RefusalCode): Issue {
  const values = sampleValues(REFUSALS[code])
  return (issueOf as (path: Issue['path'], code: RefusalCode, values: Issue['values']) => Issue)([], code, values)
}

async function wordsIn(language: 'en' | 'de') {
  await speakIn(language)
  return await import('../renderer/client/refusal-words.ts')
}

afterEach(silence)

test('the window says each refusal in English as the contract does', async () => {
  const { refusalWords } = await wordsIn('en')
  for (const code of codes) expect(refusalWords([sample(code)])).toBe(sample(code).message)
})

test('the window says each refusal in German, with its values', async () => {
  const { refusalWords } = await wordsIn('de')
  for (const code of codes) {
    const { message, values = {} } = sample(code)
    const said = refusalWords([sample(code)])
    expect(said).not.toBe(message)
    for (const value of Object.values(values)) expect(said).toContain(value)
  }
})

test('several are said one after the other, and one without a code in the words that it came in', async () => {
  const { refusalWords } = await wordsIn('de')
  const issues = [issueOf(['name'], 'name_missing'), { path: [], message: 'Not on a Sunday.' }]
  expect(refusalWords(issues)).toBe('Es fehlt ein Name. Not on a Sunday.')
})

const ANYWHERE = { hostId: 'h', repositoryId: 'r' }
const DECLARATION = {
  consumerId: randomUUID(),
  groupId: randomUUID(),
  machineId: null,
  type: 'files',
  intent: 'verify',
  overdueAfter: null,
  params: {},
  redacts: false,
  publishesSchemas: false,
  migratesOnRequest: false,
  enabled: true,
}
const NOTICES = { inWindow: true, bySystem: true, fileNames: false, proofs: true }

/** What people enter in the window, and what it tells them in German. */
const ENTERED: readonly [what: string, ask: (client: ConsoleClient) => Promise<unknown>, said: string][] = [
  [
    'an enrolment line',
    (client) => client.hosts.enrol({ line: 'restore-agent://db-01', name: '' }),
    'Das ist nicht die Zeile, die „restore-agent enrol“ ausgibt, oder nicht die ganze.',
  ],
  [
    'a place for ssh',
    (client) => client.hosts.addThroughSsh({ destination: '-oProxyCommand=x', name: '' }),
    'Ein Ziel sieht aus wie root@db-01.example.',
  ],
  [
    'a control plane’s address without TLS',
    (client) => client.planes.probe({ url: 'http://canopy.example', token: null, pin: null }),
    'Die Adresse eines anderen Computers beginnt mit https.',
  ],
  [
    'what is no address',
    (client) => client.planes.probe({ url: 'canopy', token: null, pin: null }),
    'Das ist keine Adresse. Eine Adresse beginnt mit „https://“.',
  ],
  [
    'a token',
    (client) => client.planes.probe({ url: 'https://canopy.example', token: 'zwei Wörter', pin: null }),
    'Ein Token ist ein Wort aus einfachen Buchstaben und Zeichen.',
  ],
  [
    'a passphrase',
    (client) => client.secrets.create({ passphrase: 'too short' }),
    'Eine Passphrase hat mindestens 12 Zeichen.',
  ],
  [
    'a fan-out to one host twice',
    (client) => {
      const target = { ...ANYWHERE, planHash: 'p', hostname: 'db-01' }
      const more = { atOnce: 1, stopAfter: null, follows: null }
      const request = newRestore('b'.repeat(64))
      return client.fanOuts.start({ id: randomUUID(), request, targets: [target, target], ...more })
    },
    'Ein Host ist doppelt angegeben.',
  ],
  [
    'a selection of nothing',
    (client) => client.restores.plan({ hostId: 'h', request: newRestore('b'.repeat(64), { include: [] }) }),
    'Es ist nichts ausgewählt.',
  ],
  [
    'a target folder',
    (client) =>
      client.restores.changeDefault({ chosen: { ...USUAL_RESTORE_DEFAULT, target: { kind: 'path', path: 'srv' } } }),
    'Ein Ordner beginnt mit „/“ und ist nicht das Wurzelverzeichnis selbst.',
  ],
  [
    'a replica without a name',
    (client) => client.replicas.declare({ planeId: randomUUID(), declaration: { ...DECLARATION, name: ' ' } }),
    'Ein Replikat braucht einen Namen.',
  ],
  [
    'what a backup takes',
    (client) => client.repositories.setBackup({ ...ANYWHERE, backup: { paths: ['home'], exclude: [] } }),
    'Ein Pfad beginnt mit „/“.',
  ],
  [
    'how long is waited',
    (client) => client.hosts.changeLinkTimes({ ...USUAL_LINK_TIMES, askAfter: 20, awayAfter: 30 }),
    'Ein Host braucht Zeit zum Antworten: mindestens doppelt so viel wie bis zur Nachfrage.',
  ],
  [
    'quiet hours',
    (client) => client.notices.change({ ...NOTICES, quiet: { from: '25:00', until: '06:00' } }),
    'Eine Uhrzeit sieht so aus: 22:00.',
  ],
  [
    'a feed of updates',
    (client) => client.updates.setFeed({ feed: 'https://a:b@updates.example' }),
    'Eine Quelle wird ohne Benutzernamen und Passwort genannt.',
  ],
  [
    'a name that is too long',
    (client) => client.hosts.change({ hostId: 'h', name: 'a'.repeat(101), labels: null, pinned: null }),
    'Das sind mehr als 100 Zeichen.',
  ],
]

test('what the console refuses of what was entered is said in German', async () => {
  await using directory = temporaryDirectory()
  const keychain = { ...keychainInMemory(), tryOut: () => Promise.reject(new Error('there is none')) }
  await using world = await consoleOverDouble(new AgentDouble(), directory.path, keychain)
  const { refusalWords } = await wordsIn('de')
  const said: [what: string, said: string][] = []
  for (const [what, ask] of ENTERED) {
    const fault: unknown = await ask(world.client).catch((error: unknown) => error)
    if (!isFault(fault, 'invalid_input')) throw new Error(`${what} was not refused as such`, { cause: fault })
    said.push([what, refusalWords(fault.data.issues)])
  }
  expect(said).toEqual(ENTERED.map(([what, , words]) => [what, words]))
})

test.each([
  ['glob', '[a', 'Eine eckige Klammer wird nicht geschlossen oder ist leer.'],
  ['regular-expression', '(a', 'Eine runde Klammer wird nicht geschlossen.'],
  ['regular-expression', '\\k', '\\k wird nicht unterstützt.'],
  ['regular-expression', 'a{2000}', 'Eine Wiederholung darf 0- bis 1000-mal sein.'],
  ['text', 'a'.repeat(1001), 'Ein Muster darf 1000 Zeichen haben.'],
] as const)('a pattern (%s) that an agent refuses is said in German', async (kind, text, words) => {
  const { refusalWords } = await wordsIn('de')
  const refusal = (): Issue[] => {
    try {
      compilePattern({ kind, text, ignoreCase: true })
      return []
    } catch (error) {
      return (error as Fault<'invalid_input'>).data.issues
    }
  }
  expect(refusalWords(refusal())).toBe(words)
})

test.each([
  ['The password does not open this repository.', 'Das Passwort öffnet dieses Repository nicht.'],
  [
    'backup.example cannot be reached: Nothing listens at backup.example:8000.',
    'backup.example ist nicht erreichbar: Unter backup.example:8000 lauscht niemand.',
  ],
  ['It was disconnected.', 'Die Verbindung wurde getrennt.'],
  ['It was struck by lightning.', 'It was struck by lightning.'],
])(
  'why a plane cannot read a group, of which it keeps the English alone, is said in German: %s',
  async (kept, said) => {
    const { groupReasonWords } = await wordsIn('de')
    expect(groupReasonWords(kept)).toBe(said)
  },
)
