import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Port } from '../../contract/wire/port.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { AGENT_MEMORY, LocalAgent } from './local-agent.ts'

const signal = new AbortController().signal
const PRELUDE = "import { parentPort, workerData } from 'node:worker_threads'; const { port } = workerData;"
const CLOSES = "parentPort.once('message', (m) => { if (m === 'close') { port.close(); parentPort.close() } });"

let open: AsyncDisposableStack
beforeEach(() => {
  open = new AsyncDisposableStack()
})
afterEach(() => open.disposeAsync())

/** An agent whose thread is this text. */
function agentOf(text: string, patience?: number): LocalAgent {
  const file = join(open.use(temporaryDirectory()).path, 'worker.mjs')
  writeFileSync(file, PRELUDE + text)
  const options = {
    worker: pathToFileURL(file),
    dataDirectory: '/data',
    resticCandidates: ['restic'],
    stagingRoot: null,
    peer: 'someone@here',
    agentVersion: '0.0.0',
  }
  return open.use(patience === undefined ? new LocalAgent(options) : new LocalAgent(options, patience))
}

const endOf = (port: Port): Promise<string> => new Promise((resolve) => port.onClose(resolve))

test('hands the thread what it needs, and its port', async () => {
  const agent = agentOf(`${CLOSES} const { port: _, ...rest } = workerData; port.postMessage(JSON.stringify(rest));`)
  const port = await agent.dial('a2V5', signal)
  const said = await new Promise<string>((resolve) => port.onFrame(resolve))
  expect(JSON.parse(said)).toEqual({
    dataDirectory: '/data',
    resticCandidates: ['restic'],
    stagingRoot: null,
    peer: 'someone@here',
    agentVersion: '0.0.0',
    secretsKey: 'a2V5',
  })
})

test('gives the thread as little room for young memory as the benches give the reader', async () => {
  const imports = "import { resourceLimits } from 'node:worker_threads';"
  const agent = agentOf(`${imports} ${CLOSES} port.postMessage(JSON.stringify(resourceLimits));`)
  const port = await agent.dial('', signal)
  const said = await new Promise<string>((resolve) => port.onFrame(resolve))
  expect(JSON.parse(said)).toMatchObject({ maxYoungGenerationSizeMb: AGENT_MEMORY.youngMiB })
})

test('a thread that fails says why, and can be started again', async () => {
  const agent = agentOf("throw new Error('the journal is damaged')")
  expect(await endOf(await agent.dial('', signal))).toBe('Something unexpected happened: the journal is damaged')
  expect(await endOf(await agent.dial('', signal))).toBe('Something unexpected happened: the journal is damaged')
})

test('a thread that is gone without a word is missed', async () => {
  const agent = agentOf('setTimeout(() => process.exit(7), 20)')
  expect(await endOf(await agent.dial('', signal))).toBe('It ended with code 7.')
})

test('the next thread begins when the one before has ended', async () => {
  const agent = agentOf(CLOSES)
  const first = endOf(await agent.dial('', signal))
  let ended = false
  void first.then(() => {
    ended = true
  })
  await agent.dial('', signal)
  expect(ended).toBe(true)
})

test('a thread that does not listen is ended after a while', async () => {
  const agent = agentOf('setInterval(() => undefined, 1000)', 50)
  const port = await agent.dial('', signal)
  const end = endOf(port)
  port.close('enough')
  // 1, or 0 where it had not yet begun.
  expect(await end).toMatch(/^It ended with code [01]\.$/)
})
