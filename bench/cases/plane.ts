import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { memory, processorTime } from '../fleet/process-cost.ts'
import { type BenchLine, lineOf } from '../measure.ts'

const servedSchema = z.object({
  url: z.string(),
  consumers: z.array(
    z.object({ id: z.string(), replica: z.string(), group: z.string(), intent: z.string(), machine: z.string() }),
  ),
})
type Consumer = z.infer<typeof servedSchema>['consumers'][number]

interface Served extends AsyncDisposable {
  readonly url: string
  readonly pid: number
  readonly consumers: readonly Consumer[]
}

interface PlaneLine extends BenchLine {
  readonly p95: number
  readonly longest: number
  /** Milliseconds of the plane's processor time for one answer, with what was done before it. */
  readonly processor: number
  /** Of one answer, in the middle. */
  readonly bytes: number
  readonly entries: number
}

/** Rounds that are not measured: the plane's code is then compiled, as it is for all but the first minute of its life. */
const WARM = 5

/** A control plane in a process of its own: 1,000 machines × 20 declarations, and 50 consumers that fetch their worklists over HTTP. */
export async function plane({ quick }: { readonly quick: boolean }): Promise<readonly BenchLine[]> {
  const rounds = quick ? 10 : 40
  const lines: PlaneLine[] = []
  for (const scope of ['whole', 'single'] as const) {
    await using directory = temporaryDirectory()
    await using served = await serve(join(directory.path, 'plane'), scope, quick ? 1000 : 10_000)
    const name = scope === 'whole' ? '400 declarations of 50 machines each' : '20,000 declarations of one machine each'
    const all = () => Promise.all(served.consumers.map((consumer) => fetchWorklist(served, consumer)))
    const reported = async () => {
      await Promise.all(served.consumers.map((consumer) => report(served, consumer)))
      return all()
    }
    const alone = async () => {
      const fetched: Fetched[] = []
      for (const consumer of served.consumers) fetched.push(await fetchWorklist(served, consumer))
      return fetched
    }
    lines.push(await measure(`the first answers after the start, ${name}`, 1, served, all))
    for (let at = 0; at < WARM; at += 1) await reported()
    lines.push(await measure(`50 consumers at once, ${name}`, rounds, served, all))
    lines.push(await measure(`the same, each after reports of all of them`, rounds, served, reported))
    lines.push(await measure(`one after the other, ${name}`, rounds, served, alone))
    const watched = async () => {
      const [fetched] = await Promise.all([all(), standings(served)])
      return fetched
    }
    lines.push(await measure(`50 at once, while an operator asks how all stand`, quick ? 3 : 10, served, watched))
    lines.push(await measure('an operator asks how all 20,000 stand', quick ? 3 : 10, served, () => standings(served)))
  }
  return lines
}

interface Fetched {
  readonly time: number
  readonly bytes: number
  readonly body: Buffer
}

async function measure(
  name: string,
  rounds: number,
  { pid }: Served,
  round: () => Promise<readonly Fetched[]>,
): Promise<PlaneLine> {
  const fetched: Fetched[] = []
  const before = processorTime(pid)
  for (let at = 0; at < rounds; at += 1) fetched.push(...(await round()))
  const processor = processorTime(pid) - before
  const times = fetched.map(({ time }) => time).toSorted((one, other) => one - other)
  const sizes = fetched.map(({ bytes }) => bytes).toSorted((one, other) => one - other)
  return {
    ...lineOf({ bench: 'plane', case: name, ours: times, rssMiB: memory(pid, 'most') }),
    p95: rounded(times[Math.ceil(times.length * 0.95) - 1] ?? 0),
    longest: rounded(times.at(-1) ?? 0),
    bytes: sizes[Math.floor(sizes.length / 2)] ?? 0,
    processor: rounded(processor / fetched.length),
    entries: entriesSchema.parse(JSON.parse(fetched[0]?.body.toString() ?? '[]')).length,
  }
}

const standingsSchema = z.object({ standings: z.array(z.unknown()) }).transform((read) => read.standings)
const entriesSchema = z.array(z.unknown()).or(standingsSchema)

async function standings(served: Served): Promise<readonly Fetched[]> {
  return [await ask(served, null, { method: 'POST', path: '/api/restore_replicas/standings', body: '{}' })]
}

function rounded(number: number): number {
  return Number(number.toPrecision(3))
}

const agent = new Agent({ keepAlive: true, maxSockets: 50 })

/** From the question to the last byte of the answer. */
function fetchWorklist(served: Served, consumer: Consumer): Promise<Fetched> {
  return ask(served, consumer, { method: 'GET', path: '/restore-worklist' })
}

async function report(served: Served, { replica, group, intent, machine, ...consumer }: Consumer): Promise<void> {
  const scope = { replica_id: replica, group, machine_id: machine, type: 'postgres', intent }
  const result = {
    outcome: 'success',
    replica_healthy: true,
    observed_at: new Date().toISOString(),
    snapshot_id: randomUUID(),
  }
  const body = JSON.stringify({ ...scope, ...result })
  await ask(served, consumer, { method: 'POST', path: '/restore-verification', body })
}

interface Asked {
  readonly method: string
  readonly path: string
  readonly body?: string
}

function ask({ url }: Served, who: Pick<Consumer, 'id'> | null, { method, path, body }: Asked): Promise<Fetched> {
  const begun = performance.now()
  const identity: Record<string, string> = who === null ? { 'x-login': 'ada' } : { 'x-pin': `pin-of-${who.id}` }
  const headers = { ...identity, 'content-type': 'application/json' }
  return new Promise((resolve, reject) => {
    const sent = request(url + path, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const time = performance.now() - begun
        const read = Buffer.concat(chunks)
        if ((response.statusCode ?? 500) >= 300) reject(new Error(`${path}: ${response.statusCode} ${read.toString()}`))
        else resolve({ time, bytes: read.byteLength, body: read })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function serve(directory: string, scope: 'whole' | 'single', reported: number): Promise<Served> {
  mkdirSync(directory)
  const entry = fileURLToPath(new URL('../plane/plane-process.ts', import.meta.url))
  const child = spawn(process.execPath, [entry, directory, scope, String(reported)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface(child.stdout)) {
    const { url, consumers } = servedSchema.parse(JSON.parse(line))
    return { url, consumers, pid: child.pid ?? 0, [Symbol.asyncDispose]: () => ended(child) }
  }
  throw new Error('The control plane ended before it listened.')
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}
