import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { z } from 'zod'
import {
  connectGroup,
  type Consumer,
  consume,
  declare,
  enrol,
  operate,
  type PlaneDoors,
} from '../test/control-plane.ts'
import { startPlaneProcess } from '../test/control-plane-process.ts'
import { makeRepository, requireTool } from '../test/restic.ts'
import { TEMPLATE_PASSWORD } from '../test/template-copy.ts'
import { temporaryDirectory } from '../test/temporary-directory.ts'

const issuedSchema = z.object({ credentials: z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string() }) })
const pageSchema = z.object({
  items: z.array(z.looseObject({ run_id: z.string().nullable() })),
  next: z.string().nullable(),
})
const LIVES = 4
const AT_ONCE = 4

interface Given {
  readonly run: string
  readonly user: string
  readonly password: string
}

/** What the plane has answered to: nothing of it may be lost. */
interface Answers {
  readonly reports: string[]
  readonly credentials: Given[]
}

interface Fleet {
  readonly consumer: Consumer
  readonly group: string
  readonly replica: string
  readonly machine: string
}

/** Report and ask for credentials again and again until nobody answers any more. */
async function work(plane: PlaneDoors, { consumer, group, replica, machine }: Fleet, answers: Answers): Promise<void> {
  for (;;) {
    const [run, reported] = [randomUUID(), randomUUID()]
    const body = { group, type: 'files', run_id: run }
    const about = { replica_id: replica, group, machine_id: machine, type: 'files', intent: 'verify', run_id: reported }
    const report = { ...about, outcome: 'success', replica_healthy: true, observed_at: new Date().toISOString() }
    try {
      const issued = await consume(plane, consumer.identity, '/restore-credentials', { body })
      if (issued.status === 200) {
        const { AccessKeyId: user, SecretAccessKey: password } = issuedSchema.parse(issued.body).credentials
        answers.credentials.push({ run, user, password })
      }
      const { status } = await consume(plane, consumer.identity, '/restore-verification', { body: report })
      if (status === 204) answers.reports.push(reported)
    } catch {
      return
    }
  }
}

async function runsIn(plane: PlaneDoors, path: string): Promise<Set<string | null>> {
  const runs = new Set<string | null>()
  let before: string | null = null
  do {
    const page = pageSchema.parse((await operate(plane, path, { before, limit: 1000 })).body)
    for (const { run_id } of page.items) runs.add(run_id)
    before = page.next
  } while (before !== null)
  return runs
}

async function statusOf(plane: PlaneDoors, group: string, { user, password }: Given): Promise<number> {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  return (await consume(plane, null, `/repositories/${group}/config`, { headers: { authorization } })).status
}

requireTool('restic')('a control plane that is killed', () => {
  it('has lost nothing that it had answered: reports, credentials, what was declared, who is enrolled', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: join(directory.path, 'made') })
    const data = join(directory.path, 'plane')
    const answers: Answers = { reports: [], credentials: [] }
    let plane = await startPlaneProcess(data)
    try {
      const group = await connectGroup(plane, 'north', {
        url: made.repository.access.url,
        repo_password: TEMPLATE_PASSWORD,
      })
      const consumer = await enrol(plane, 'maria')
      const replica = await declare(plane, { consumer, group })
      const view = z
        .array(z.object({ machines: z.array(z.object({ id: z.string() })) }))
        .parse((await operate(plane, '/api/fleet/groups/list', {})).body)
      const fleet = { consumer, group, replica, machine: view[0]?.machines[0]?.id ?? '' }
      for (let life = 0; life < LIVES; life += 1) {
        const before = answers.reports.length
        const working = Array.from({ length: AT_ONCE }, () => work(plane, fleet, answers))
        while (answers.reports.length < before + 20) await pause(5)
        await pause(Math.random() * 50)
        await plane.end('SIGKILL')
        await Promise.all(working)

        plane = await startPlaneProcess(data)
        const reported = await runsIn(plane, '/api/restore_replicas/activity')
        expect(answers.reports.filter((run) => !reported.has(run))).toEqual([])
        const issued = await runsIn(plane, '/api/restore_replicas/issuances')
        expect(answers.credentials.filter(({ run }) => !issued.has(run))).toEqual([])
        // What was handed out opens the gateway in this life as well.
        const [first, last] = [answers.credentials[0], answers.credentials.at(-1)]
        for (const given of [first, last]) expect(given && (await statusOf(plane, group, given))).toBe(200)
        const { status, body } = await consume(plane, consumer.identity, '/restore-worklist')
        expect([status, body]).toEqual([200, []])
      }
      expect(answers.reports.length).toBeGreaterThanOrEqual(20 * LIVES)
    } finally {
      await plane.end('SIGKILL')
    }
  })
})
