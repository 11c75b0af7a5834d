import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import type { ProcessOrder } from '../agent/testing/agent-process.ts'
import { type RunEvent, runEventSchema } from '../contract/shapes/run.ts'

const ENTRY = join(import.meta.dirname, '..', 'agent', 'testing', 'agent-process.ts')

/** Start an agent of its own that restores, and kill it as soon as an event is the moment for it; gives what it told. */
export async function killWhen(order: ProcessOrder, isMoment: (event: RunEvent) => boolean): Promise<RunEvent[]> {
  const child = agentProcess(order)
  const seen: RunEvent[] = []
  for await (const event of eventsOf(child)) {
    seen.push(event)
    if (!isMoment(event)) continue
    child.kill('SIGKILL')
    break
  }
  if (child.signalCode === null && child.exitCode === null) await once(child, 'exit')
  if (child.signalCode !== 'SIGKILL') throw new Error(`the agent ended by itself after ${seen.length} events`)
  return seen
}

/** Start one, and kill it so many milliseconds after its run has begun; gives how long it lived from then on. */
export async function killAfter(order: ProcessOrder, milliseconds: number): Promise<number> {
  const child = agentProcess(order)
  const exit = once(child, 'exit')
  const events = eventsOf(child)
  await events.next()
  const begun = performance.now()
  const ended = (async () => {
    for await (const event of events) if (event.type === 'state' && event.run.endedAt !== null) return
  })()
  await Promise.race([pause(milliseconds), ended])
  const lived = performance.now() - begun
  child.kill('SIGKILL')
  await exit
  return lived
}

function agentProcess(order: ProcessOrder): ChildProcess {
  return spawn(process.execPath, [ENTRY, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function* eventsOf({ stdout }: ChildProcess): AsyncGenerator<RunEvent> {
  if (stdout === null) throw new Error('the agent has no standard output')
  for await (const line of createInterface(stdout)) yield runEventSchema.parse(JSON.parse(line))
}
