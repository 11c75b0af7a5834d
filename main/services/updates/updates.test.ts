import { expect, test } from 'vitest'
import { Fault } from '../../../contract/errors.ts'
import type { UpdateState, UpdateStep } from '../../../contract/shapes/update.ts'
import { AgentDouble } from '../../../test/agent-double.ts'
import { consoleOverDouble } from '../../../test/console-over-double.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { Changes } from '../changes.ts'
import type { Updater } from './index.ts'

const FEED = 'https://updates.example/console'
const OFFER = { version: '0.2.0', notes: 'Faster trees' }

/** A shell in which each step is there at once; `says` is what whoever sits before it answers. */
class ShellDouble implements Updater {
  readonly changes = new Changes<'updates'>()
  says: 'yes' | 'no' = 'yes'
  feed: string | null = null
  step: UpdateStep = { at: 'idle' }

  state() {
    return { feed: this.feed, misread: null, lookedAt: null, step: this.step }
  }

  subscribe() {
    return this.changes.subscribe()
  }

  async setFeed(feed: string | null) {
    this.#ask()
    this.feed = feed
    this.changes.announce('updates')
  }

  async look() {
    this.become({ at: 'found', ...OFFER })
  }

  async fetch() {
    this.become({ at: 'ready', ...OFFER })
  }

  async install() {
    this.#ask()
  }

  become(step: UpdateStep) {
    this.step = step
    this.changes.announce('updates')
  }

  #ask() {
    if (this.says === 'no') throw new Fault('cancelled', {})
  }
}

async function begin(open: AsyncDisposableStack, updater: Updater | 'headless' | 'not-packaged') {
  const { path } = open.use(temporaryDirectory())
  return open.use(await consoleOverDouble(new AgentDouble(), path, undefined, { updater }))
}

test.each(['headless', 'not-packaged'] as const)(
  'a console that is %s says so, and does nothing of it',
  async (obstacle) => {
    await using open = new AsyncDisposableStack()
    const { client } = await begin(open, obstacle)
    const told: UpdateState[] = []
    for await (const state of await client.updates.watch(undefined)) told.push(state)
    expect(told).toMatchObject([{ version: '0.0.0', obstacle, feed: null, step: { at: 'idle' } }])
    const asked = [
      client.updates.setFeed({ feed: FEED }),
      client.updates.look(undefined),
      client.updates.fetch(undefined),
      client.updates.install(undefined),
    ]
    for (const one of asked) await expect(one).rejects.toMatchObject({ code: 'forbidden', data: { needs: 'desktop' } })
  },
)

test('what is asked is passed on, told to whoever follows, and what matters is in the audit', async () => {
  await using open = new AsyncDisposableStack()
  const shell = new ShellDouble()
  const { client } = await begin(open, shell)
  const stop = new AbortController()
  const steps: string[] = []
  const following = (async () => {
    for await (const { step } of await client.updates.watch(undefined, { signal: stop.signal })) steps.push(step.at)
  })().catch(() => undefined)
  await expect.poll(() => steps).toEqual(['idle'])
  expect(await client.updates.setFeed({ feed: ` ${FEED} ` })).toMatchObject({ feed: FEED, obstacle: null })
  expect(await client.updates.look(undefined)).toMatchObject({ step: { at: 'found', ...OFFER } })
  await expect.poll(() => steps.at(-1)).toBe('found')
  expect(await client.updates.fetch(undefined)).toMatchObject({ step: { at: 'ready' } })
  await client.updates.install(undefined)
  await expect.poll(() => steps.at(-1)).toBe('ready')
  stop.abort()
  await following
  expect(await client.audit.recent({ hostId: null, limit: 2 })).toMatchObject([
    { action: 'console.settings', outcome: 'done', summary: 'updates: 0.2.0 in place of 0.0.0' },
    { action: 'console.settings', outcome: 'done', summary: `updates: from ${FEED}` },
  ])
})

test('that somebody said no to the shell is in the audit too', async () => {
  await using open = new AsyncDisposableStack()
  const shell = new ShellDouble()
  shell.says = 'no'
  const { client } = await begin(open, shell)
  await expect(client.updates.setFeed({ feed: FEED })).rejects.toMatchObject({ code: 'cancelled' })
  expect(shell.feed).toBeNull()
  expect(await client.audit.recent({ hostId: null, limit: 1 })).toMatchObject([{ outcome: 'refused' }])
})

// @security Packages and updates: An address that can be no feed never reaches the shell.
test.each([
  ['http://updates.example/', 'https'],
  ['updates.example', 'not an address'],
  ['https://me:secret@updates.example/', 'password'],
  ['https://updates.example/?a=b', '?'],
  ['https://127.0.0.1@evil.example/', 'user name'],
  ['http://127.0.0.1.evil.example/', 'https'],
  ['javascript:alert(1)', 'not an address'],
])('%s is refused in words', async (feed, words) => {
  await using open = new AsyncDisposableStack()
  const shell = new ShellDouble()
  const { client } = await begin(open, shell)
  await expect(client.updates.setFeed({ feed })).rejects.toMatchObject({
    code: 'invalid_input',
    data: { issues: [{ path: ['feed'], message: expect.stringContaining(words) }] },
  })
  expect(shell.feed).toBeNull()
})
