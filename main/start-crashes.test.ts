import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { agentProgram } from '../agent/testing/agent-program.ts'
import { type AuditEntry, auditEntrySchema } from '../contract/shapes/audit.ts'
import { isEnded, type Run } from '../contract/shapes/run.ts'
import { ALL_RUNS } from '../contract/shapes/run-page.ts'
import { requireTool } from '../test/restic.ts'
import { newRestore } from '../test/restore-request.ts'
import { temporaryDirectory } from '../test/temporary-directory.ts'
import { type Side, type TwoProcesses, twoProcesses } from '../test/two-processes.ts'

/** Moments around a start at which one of the two is killed, the agent and the console in turn. */
const MOMENTS = Number(process.env['RESTORE_CONSOLE_CRASHES'] ?? 2)
/** Milliseconds from the click within which that is: it is planned, begins, runs and ends meanwhile. */
const WITHIN = 2500

interface Start {
  readonly requestKey: string
  /** Sends it. */
  send(): Promise<Run>
}

function startOn({ client, hostId, repositoryId, snapshotId }: TwoProcesses): Start {
  const requestKey = randomUUID()
  const request = newRestore(snapshotId, { repositoryId })
  return { requestKey, send: () => client().restores.start({ hostId, request, planHash: null, requestKey }) }
}

/** Send it as a double click does, and kill one side after a while: the answers that came before. */
async function sentAndKilled(world: TwoProcesses, { send }: Start, side: Side, milliseconds: number): Promise<Run[]> {
  const answered: Run[] = []
  const sent = [1, 2].map(async () => {
    try {
      answered.push(await send())
    } catch {
      // Nobody was told what became of it.
    }
  })
  await pause(milliseconds)
  await world.kill(side)
  // Its front door may be gone with it: then nobody answers any more.
  await Promise.race([Promise.all(sent), pause(500)])
  return answered
}

async function endOf({ client, hostId }: TwoProcesses, runId: string): Promise<Run> {
  for await (const event of await client().runs.follow({ hostId, runId })) {
    if (event.type === 'state' && isEnded(event.run.state)) break
  }
  return client().runs.get({ hostId, runId })
}

/** What the agent itself has written of a key. */
async function writtenByAgent(directory: string, requestKey: string): Promise<AuditEntry[]> {
  const { out } = await agentProgram(['audit', '--json', '--data-directory', join(directory, 'agent')])
  const entries = out
    .trim()
    .split('\n')
    .map((line) => auditEntrySchema.parse(JSON.parse(line)))
  return entries.filter((entry) => entry.requestKey === requestKey)
}

requireTool('restic')('an agent or a console that is killed around a start', () => {
  test(
    `never makes two runs of one, loses none, and leaves each once in both audits (${MOMENTS} moments)`,
    async () => {
      await using directory = temporaryDirectory()
      await using world = await twoProcesses(directory.path)
      const { client, hostId } = world
      for (let moment = 0; moment < MOMENTS; moment += 1) {
        const side = moment % 2 === 0 ? 'agent' : 'console'
        const milliseconds = Math.random() * WITHIN
        try {
          await oneMoment(directory.path, world, { side, milliseconds })
        } catch (cause) {
          throw new Error(`moment ${moment}: the ${side} was killed after ${milliseconds} ms`, { cause })
        }
      }
      const anchored = await client().audit.anchor({ hostId })
      expect(await client().audit.verify({ hostId, anchor: anchored })).toMatchObject({ broken: null })
      expect(await client().audit.verifyOwn({ anchor: null })).toMatchObject({ broken: null })
      const began = readdirSync(join(directory.path, 'staging-of-agent')).length
      expect(began).toBeLessThanOrEqual(MOMENTS)
    },
    60_000 + MOMENTS * 60_000,
  )
})

interface Moment {
  readonly side: Side
  readonly milliseconds: number
}

async function oneMoment(directory: string, world: TwoProcesses, { side, milliseconds }: Moment): Promise<void> {
  const { client, hostId } = world
  const start = startOn(world)
  const { requestKey } = start
  const answered = await sentAndKilled(world, start, side, milliseconds)
  await world.restart(side)

  const { id } = await start.send()
  // What was answered is there, and what was not is found by its key.
  for (const run of answered) expect(run.id).toBe(id)
  const ended = await endOf(world, id)
  const { runs } = await client().runs.page({ ...ALL_RUNS, hostId, offset: 0, limit: 500 })
  expect(runs.filter(({ run }) => run.requestKey === requestKey).map(({ run }) => run.id)).toEqual([id])

  expect(await writtenByAgent(directory, requestKey)).toMatchObject([{ runId: id, outcome: ended.state }])
  await expect
    .poll(async () => await writtenByConsole(world, requestKey), { timeout: 10_000 })
    .toEqual([[id, ended.state]])
}

/** What the console has written of a key, but for what it knows never reached the host. */
async function writtenByConsole({ client, hostId }: TwoProcesses, requestKey: string): Promise<unknown[]> {
  const entries = await client().audit.recent({ hostId, limit: 1000 })
  return entries
    .filter((entry) => entry.requestKey === requestKey && !/never reached|unreachable/.test(entry.summary))
    .map(({ runId, outcome }) => [runId, outcome])
}
