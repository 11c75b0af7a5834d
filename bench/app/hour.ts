import type { Browser, CDPSession, Page } from '@playwright/test'
import { openInBrowser } from '../../e2e/launch/browser.ts'
import { openFleet } from '../../e2e/pages/fleet.ts'
import { type BenchLine, lineOf, type Unit } from '../measure.ts'
import { growth, type PageMemory, pageMemory } from './page-memory.ts'
import { PLAIN_TABLE, plainTable } from './plain-table.ts'
import { playRound, SESSION } from './session.ts'
import { type LongestTasks, markStep, traceTasks } from './tasks.ts'
import type { World } from './world.ts'

export interface Hour {
  /** For how long the rounds go on. */
  readonly minutes: number
  /** Rounds, before them, in which each task is watched; the first of them sees everything for the first time. */
  readonly watched: number
}

const MINUTE = 60_000
/** Milliseconds: a busy machine is not a failure. */
const PATIENCE = 120_000

/** All main screens round after round: the longest task of each step, and what the window holds after each round. */
export async function hour(browser: Browser, world: World, { minutes, watched }: Hour): Promise<readonly BenchLine[]> {
  await using context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(PATIENCE)
  await using console = await openInBrowser(context, world.options)
  const { page } = console
  await openFleet(page).then(({ rows }) => rows.first().waitFor())
  const session = await context.newCDPSession(page)
  const before = await pageMemory(session)
  const rounds: LongestTasks[] = []
  for (let at = 0; at < watched; at += 1)
    rounds.push(await traceTasks(browser, page, () => playRound(page, world, (step) => markStep(page, step.name))))
  const plain = await plainTable(browser, watched)
  const after = await playFor(minutes * MINUTE, page, world, session)
  return [...taskLines(rounds, plain), ...memoryLines(before, after)]
}

/** What the page holds after each round. */
async function playFor(time: number, page: Page, world: World, session: CDPSession): Promise<readonly PageMemory[]> {
  const until = performance.now() + time
  const after: PageMemory[] = []
  do {
    await playRound(page, world, async () => undefined)
    await openFleet(page).then(({ rows }) => rows.first().waitFor())
    after.push(await pageMemory(session))
  } while (performance.now() < until)
  return after
}

/** `plain`: of a page without a program, in the same run. */
function taskLines(rounds: readonly LongestTasks[], plain: readonly number[]): readonly BenchLine[] {
  const peer = { name: PLAIN_TABLE, times: plain }
  return SESSION.flatMap(({ name }) => {
    const longest = rounds.flatMap((round) => round.get(name) ?? [])
    const ours = longest.map(({ processor }) => processor)
    return ours.length === 0
      ? []
      : [lineOf({ bench: 'app', case: `longest task, processor time: ${name}`, ours, peer })]
  })
}

function memoryLines(before: PageMemory, after: readonly PageMemory[]): readonly BenchLine[] {
  const line = (name: string, unit: Unit, ours: readonly number[]): BenchLine =>
    lineOf({ bench: 'app', case: `memory: ${name}`, unit, ours })
  const counts = { heap: 'MiB', nodes: 'pieces', listeners: 'pieces' } as const satisfies Record<keyof PageMemory, Unit>
  return Object.entries(counts).flatMap(([what, unit]) => {
    const of = (memory: PageMemory): number => memory[what as keyof PageMemory]
    const last = after.at(-1) ?? before
    // What is read and kept for a while has come together in the first half.
    const later = after.slice(Math.floor(after.length / 2)).map(of)
    return [
      line(`${what}, before`, unit, [of(before)]),
      line(`${what}, after ${after.length} rounds`, unit, [of(last)]),
      line(`${what}, growth a round in the later half`, what === 'heap' ? 'KiB' : unit, [
        growth(later) * (what === 'heap' ? 1024 : 1),
      ]),
    ]
  })
}
