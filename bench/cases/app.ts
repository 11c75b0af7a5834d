import { hour } from '../app/hour.ts'
import { idle } from '../app/idle.ts'
import { start } from '../app/start.ts'
import { weight } from '../app/weight.ts'
import { makeWorld } from '../app/world.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import type { BenchLine } from '../measure.ts'
import { benchBrowser, needsBuild } from '../window/bench-window.ts'

export interface AppInput {
  readonly quick: boolean
  /** A true hour of rounds, in the place of three minutes. */
  readonly full: boolean
  /** Only these; all unless given. */
  readonly parts?: readonly string[] | undefined
}

const PARTS = ['start', 'hour', 'idle', 'weight'] as const

/** The built console as a whole: its start, an hour of its use, what it costs to do nothing, and what it weighs. */
export async function app({ quick, full, parts = PARTS }: AppInput): Promise<readonly BenchLine[]> {
  const unknown = parts.find((part) => !PARTS.some((known) => known === part))
  if (unknown !== undefined) throw new Error(`The app has no part "${unknown}". Parts: ${PARTS.join(', ')}.`)
  needsBuild()
  await using browser = await benchBrowser()
  const lines: BenchLine[] = []
  if (parts.includes('start') || parts.includes('hour')) {
    await using directory = temporaryDirectory()
    const world = await makeWorld(browser, directory.path)
    if (parts.includes('start')) lines.push(...(await start(browser, world, quick ? 3 : 9)))
    if (parts.includes('hour'))
      lines.push(...(await hour(browser, world, { minutes: full ? 60 : quick ? 1 : 3, watched: quick ? 2 : 3 })))
  }
  if (parts.includes('idle'))
    lines.push(...(await idle(browser, { hosts: quick ? 250 : 1000, seconds: quick ? 30 : 60 })))
  if (parts.includes('weight')) lines.push(...(await weight()))
  return lines
}
