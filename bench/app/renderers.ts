import type { Browser } from '@playwright/test'
import { processorTime } from '../fleet/process-cost.ts'

/** The processes in which pages of this browser are; those that stand ready for another page cost nothing. */
export async function rendererIds(browser: Browser): Promise<readonly number[]> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
}

/** Milliseconds of processor time that each of them has had. */
export async function rendererTimes(browser: Browser): Promise<ReadonlyMap<number, number>> {
  return new Map((await rendererIds(browser)).map((id) => [id, processorTime(id)]))
}
