import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type HeadlessConsole, headlessConsole } from '../../test/headless-console.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { FleetView } from '../fleet/fleet-view.ts'
import { memory, processorTime } from '../fleet/process-cost.ts'
import { type SimulatedFleet, startFleet } from '../fleet/simulated-fleet.ts'
import { type BenchLine, lineOf, timed } from '../measure.ts'

const HOSTS = { full: 1000, quick: 250 } as const
/** Hosts that are enrolled one after the other, each timed; the others come by several at once. */
const TIMED = 100
const AT_ONCE = 16
/** Milliseconds: longer than a watcher waits between two events, so that nothing of the change before is measured. */
const QUIET = 150
const SECOND = 1000

/** A console in its own process that knows a thousand hosts, or 250 when it is to be quick: from its start, at rest, and when something happens. */
export async function fleet({ quick }: { readonly quick: boolean }): Promise<readonly BenchLine[]> {
  await using directory = temporaryDirectory()
  const agents = join(directory.path, 'agents')
  mkdirSync(agents)
  await using simulated = await startFleet(agents, quick ? HOSTS.quick : HOSTS.full)
  const enrolled = await enrolAll(directory.path, simulated)
  const starts: number[] = []
  let most = 0
  for (let at = 1; at < (quick ? 2 : 5); at += 1) {
    await using started = await startTimed(directory.path, simulated)
    starts.push(started.time)
    most = Math.max(most, memory(started.pid, 'most'))
  }
  await using last = await startTimed(directory.path, simulated)
  starts.push(last.time)
  return [
    line('from the line to connected, one host', enrolled),
    line('from the console’s start to all connected', starts, Math.max(most, memory(last.pid, 'most'))),
    await atRest(last, quick ? 20 : 60),
    await changes(last, simulated, quick ? 50 : 300),
    await allAtOnce(last, simulated, quick ? 10 : 30),
  ]
}

async function enrolAll(directory: string, { lines }: SimulatedFleet): Promise<readonly number[]> {
  await using console = await headlessConsole(directory)
  const enrol = async (name: string, text: string): Promise<void> => {
    const { link } = await console.client.hosts.enrol({ line: text, name })
    if (link.state !== 'connected') throw new Error(`${name} is ${link.state}: ${link.reason}`)
  }
  const times: number[] = []
  const waiting = Object.entries(lines)
  for (const [name, text] of waiting.splice(0, TIMED)) times.push(await timed(() => enrol(name, text)))
  const byTurns = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await enrol(...next)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, byTurns))
  await console.end('SIGTERM')
  return times
}

interface Started extends AsyncDisposable {
  readonly console: HeadlessConsole
  readonly view: FleetView
  readonly pid: number
  /** Milliseconds from the start of its process until a page had seen every host connected. */
  readonly time: number
}

async function startTimed(directory: string, { lines }: SimulatedFleet): Promise<Started> {
  const size = Object.keys(lines).length
  await using stack = new AsyncDisposableStack()
  const began = performance.now()
  const console = stack.use(await headlessConsole(directory))
  const view = stack.use(new FleetView(console.client))
  await view.until(() => view.connected() === size)
  const time = performance.now() - began
  const owned = stack.move()
  return { console, view, pid: console.process.pid ?? 0, time, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** What a second costs in which nothing happens but that both sides ask each other whether they are there. */
async function atRest({ pid }: Started, seconds: number): Promise<BenchLine> {
  await pause(5 * SECOND)
  const costs = await costOfSeconds(pid, seconds, async () => undefined)
  return line('processor time of a second at rest', costs, memory(pid, 'now'))
}

/** From an agent's news to the page, one at a time. */
async function changes({ view, pid }: Started, simulated: SimulatedFleet, count: number): Promise<BenchLine> {
  const names = Object.keys(simulated.lines)
  const times: number[] = []
  for (let at = 1; at <= count; at += 1) {
    const name = names[(at * 7) % names.length] ?? ''
    const told = simulated.progress(name, at)
    await view.until(() => view.hosts.get(name)?.activeRun?.progress?.filesDone === at)
    const seen = process.hrtime.bigint()
    times.push(Number(seen - (await told)) / 1e6)
    await pause(QUIET)
  }
  return line('from an agent’s news to the page, one at a time', times, memory(pid, 'now'))
}

/** Every host restores, and tells of it once a second. */
async function allAtOnce({ pid, view }: Started, simulated: SimulatedFleet, seconds: number): Promise<BenchLine> {
  const names = Object.keys(simulated.lines)
  let round = 1_000
  const costs = await costOfSeconds(pid, seconds, async () => {
    round += 1
    for (const [at, name] of names.entries()) {
      void simulated.progress(name, round)
      if (at % 50 === 49) await pause(SECOND / 25)
    }
  })
  await view.until(() => names.every((name) => view.hosts.get(name)?.activeRun?.progress?.filesDone === round))
  return line('processor time of a second in which the run of every host gets on', costs, memory(pid, 'now'))
}

/** Milliseconds of processor time in each of so many seconds in which something is done. */
async function costOfSeconds(pid: number, seconds: number, act: () => Promise<void>): Promise<readonly number[]> {
  const costs: number[] = []
  for (let at = 0; at < seconds; at += 1) {
    const before = { time: performance.now(), cost: processorTime(pid) }
    await Promise.all([act(), pause(SECOND)])
    costs.push(((processorTime(pid) - before.cost) / (performance.now() - before.time)) * SECOND)
  }
  return costs
}

function line(name: string, ours: readonly number[], rssMiB?: number): BenchLine {
  return lineOf({ bench: 'fleet', case: name, ours, ...(rssMiB === undefined ? {} : { rssMiB }) })
}
