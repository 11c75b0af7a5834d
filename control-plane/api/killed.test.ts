import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { openStore } from '../store/index.ts'

const entry = fileURLToPath(new URL('../testing/plane-to-kill.ts', import.meta.url))
const madeSchema = z.object({ url: z.string(), consumer: z.string(), group: z.string(), machine: z.string() })

let directory: string
let child: ChildProcess | undefined

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'plane-killed-'))
})

afterEach(() => {
  child?.kill('SIGKILL')
  rmSync(directory, { recursive: true })
})

async function start() {
  const started = spawn(process.execPath, [entry, directory], { stdio: ['ignore', 'pipe', 'inherit'] })
  child = started
  for await (const line of createInterface(started.stdout)) return madeSchema.parse(JSON.parse(line))
  throw new Error('The plane ended before it listened.')
}

test('whatever was answered is there after the plane was killed in the middle of its work', async () => {
  const { url, consumer, group, machine } = await start()
  const post = async (path: string, body: object) => {
    const headers = { 'x-login': 'ada', 'x-pin': `pin-of-${consumer}`, 'content-type': 'application/json' }
    const reply = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: reply.status, text: await reply.text() }
  }
  await post('/restore-capabilities', { intents: [{ intent: 'verify', semantics: ['check', 'once'] }] })
  const scope = { group_id: group, type: 'postgres', intent: 'verify', name: 'north' }
  const created = await post('/api/restore_replicas/create', { consumer_device_id: consumer, ...scope })
  const { id } = z.object({ id: z.string() }).parse(JSON.parse(created.text))
  const answered: string[] = []
  const work = async (): Promise<void> => {
    for (let at = 0; ; at += 1) {
      const run = `run ${at}`
      const given = await post('/restore-credentials', { group, type: 'postgres' }).catch(() => undefined)
      if (given === undefined) return
      const report = {
        replica_id: id,
        group,
        machine_id: machine,
        type: 'postgres',
        intent: 'verify',
        outcome: 'success',
        replica_healthy: true,
        observed_at: new Date().toISOString(),
        run_id: run,
      }
      const reply = await post('/restore-verification', report).catch(() => undefined)
      if (reply?.status !== 204) return
      answered.push(run)
      if (answered.length === 20) child?.kill('SIGKILL')
    }
  }
  await work()
  if (child?.signalCode === null) await once(child, 'exit')
  using store = openStore(join(directory, 'plane.db'))
  expect(store.declarations.get(id)?.name).toBe('north')
  expect(store.capabilities.of(consumer)).toHaveLength(1)
  const kept = store.reports.page({}, { before: Number.MAX_SAFE_INTEGER, limit: 1000 }).map(({ runId }) => runId)
  expect(answered.length).toBeGreaterThanOrEqual(20)
  expect(answered.filter((run) => !kept.includes(run))).toEqual([])
  const issued = store.issuances.page({}, { before: Number.MAX_SAFE_INTEGER, limit: 1000 })
  expect(issued.length).toBeGreaterThanOrEqual(answered.length)
})
