import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from '@playwright/test'
import { enrolHost } from '../../e2e/pages/enrolment.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { startSimulatedAgent } from '../fleet/simulated-agent.ts'
import { type BenchLine, lineOf, timed } from '../measure.ts'
import { emptyWindow } from '../window/bench-window.ts'

/** As many as a run keeps. */
const COUNT = 20_000
const PER_SECOND = 10_000
const PAGE_BYTES = 4096
/** Milliseconds. */
const PATIENCE = 120_000

/**
 * A window that follows a run which writes 10,000 lines a second, until it has its end: how long that takes, and the most that
 * the window's process then holds. The agent is a simulated one behind the real console.
 */
export async function follow({ quick }: { readonly quick: boolean }): Promise<readonly BenchLine[]> {
  const lines = { count: quick ? COUNT / 10 : COUNT, perSecond: PER_SECOND }
  await using stack = new AsyncDisposableStack()
  const place = stack.use(temporaryDirectory())
  const agent = stack.use(await startSimulatedAgent(join(place.path), 'many-lines', lines))
  const { browser, page } = stack.use(await emptyWindow())
  await enrolHost(page, agent.line, 'many-lines')
  agent.progress(1)
  const before = await windowMemory(browser)
  const address = `${page.url().replace(/\/$/, '')}/runs/${agent.run().id}`
  const took = await timed(async () => {
    await page.goto(address)
    await page.getByText(`file-${lines.count}.html`).first().waitFor({ timeout: PATIENCE })
  })
  const after = await windowMemory(browser)
  const name = `a window follows ${lines.count} lines, ${lines.perSecond} a second`
  return [
    lineOf({ bench: 'follow', case: 'before, the same window on its host', ours: [0], rssMiB: before }),
    lineOf({ bench: 'follow', case: name, ours: [took], rssMiB: after }),
  ]
}

/** MiB that the largest of the browser's pages holds. */
async function windowMemory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentBytes(id))
  return Math.max(0, ...pages) / 2 ** 20
}

function residentBytes(processId: number): number {
  const [, resident] = readFileSync(`/proc/${processId}/statm`, 'utf8').split(' ')
  return Number(resident) * PAGE_BYTES
}
