import { setTimeout as pause } from 'node:timers/promises'
import type { Run, RunEvent } from '../../contract/shapes/run.ts'

/** How much a run has to say, and how fast. */
export interface Lines {
  readonly count: number
  readonly perSecond: number
}

/** Milliseconds: an agent tells whoever follows ten times a second. */
const ROUND = 100

/** What a run tells that writes many lines, to one who follows it from its beginning: paced, and then its end. */
export async function* simulatedLines(run: Run, { count, perSecond }: Lines): AsyncGenerator<RunEvent> {
  const round = Math.ceil((perSecond * ROUND) / 1000)
  const begun = performance.now()
  for (let sequence = 1; sequence <= count; sequence += 1) {
    const text = `restored /srv/www/htdocs/customers/${sequence % 97}/pages/file-${sequence}.html, 12345 bytes`
    yield { type: 'log', sequence, at: new Date().toISOString(), level: 'info', text }
    if (sequence % round !== 0) continue
    await pause(Math.max(0, begun + (sequence / perSecond) * 1000 - performance.now()))
  }
  const at = new Date().toISOString()
  const ended = { ...run, state: 'succeeded', endedAt: at, progress: null } as const
  yield { type: 'state', sequence: count + 1, at, run: ended }
}
