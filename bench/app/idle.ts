import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser } from '@playwright/test'
import { openInBrowser } from '../../e2e/launch/browser.ts'
import { headlessConsole } from '../../test/headless-console.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { memory, processorTime } from '../fleet/process-cost.ts'
import { type SimulatedFleet, startFleet } from '../fleet/simulated-fleet.ts'
import { type BenchLine, lineOf } from '../measure.ts'

export interface Idle {
  readonly hosts: number
  readonly seconds: number
}

const AT_ONCE = 16
const SECOND = 1000
/** Until what came with the start is over. */
const SETTLED = 20
/** Milliseconds: a thousand handshakes come before the page on a busy machine. */
const PATIENCE = 300_000

/** What it costs to do nothing: a console that knows so many hosts, all connected, and a window that shows them. */
export async function idle(browser: Browser, { hosts, seconds }: Idle): Promise<readonly BenchLine[]> {
  await using directory = temporaryDirectory()
  const agents = join(directory.path, 'agents')
  mkdirSync(agents)
  await using fleet = await startFleet(agents, hosts)
  await enrolAll(directory.path, fleet)
  await using context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(PATIENCE)
  await using console = await openInBrowser(context, {
    dataDirectory: join(directory.path, 'data'),
    stagingDirectory: join(directory.path, 'staging'),
    keychain: false,
    arguments: ['--passphrase-file', join(directory.path, 'passphrase')],
  })
  await console.page.getByRole('grid', { name: 'Hosts' }).getByRole('gridcell').first().waitFor()
  await console.page.getByText('connecting').first().waitFor({ state: 'hidden' })
  await pause(SETTLED * SECOND)
  const windows = await rendererIds(browser)
  const [main, window] = await shares([[console.pid], windows], seconds)
  const line = (name: string, ours: readonly number[] = [], rssMiB?: number): BenchLine =>
    lineOf({
      bench: 'app',
      case: `idle with ${hosts} hosts: ${name}`,
      unit: '%',
      ours,
      ...(rssMiB === undefined ? {} : { rssMiB }),
    })
  return [
    line('the console’s process', main, memory(console.pid, 'now')),
    line('the window’s', window, Math.max(...windows.map((pid) => memory(pid, 'now')))),
  ]
}

/** Through the console’s own contract, and then it ends. */
async function enrolAll(directory: string, { lines }: SimulatedFleet): Promise<void> {
  await using console = await headlessConsole(directory)
  const waiting = Object.entries(lines)
  const byTurns = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      await console.client.hosts.enrol({ name: next[0], line: next[1] })
  }
  await Promise.all(Array.from({ length: AT_ONCE }, byTurns))
  await console.end('SIGTERM')
}

/** Per cent of one core that groups of processes have in each of so many seconds. */
async function shares(groups: readonly (readonly number[])[], seconds: number): Promise<readonly number[][]> {
  const costs = (): readonly number[] => groups.map((pids) => pids.reduce((sum, pid) => sum + processorTime(pid), 0))
  const found = groups.map((): number[] => [])
  for (let at = 0; at < seconds; at += 1) {
    const before = { time: performance.now(), costs: costs() }
    await pause(SECOND)
    const [passed, after] = [performance.now() - before.time, costs()]
    for (const [group, cost] of after.entries())
      found[group]?.push(((cost - (before.costs[group] ?? 0)) / passed) * 100)
  }
  return found
}

/** The processes in which pages of this browser are; those that stand ready for another page cost nothing. */
async function rendererIds(browser: Browser): Promise<readonly number[]> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
}
