import { randomBytes, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startRestServer } from '../test/rest-server.ts'
import { makeRepository, requireTool, restic } from '../test/restic.ts'
import { temporaryDirectory } from '../test/temporary-directory.ts'
import { startThrottlingProxy } from '../test/throttling-proxy.ts'
import { agentWorld } from './testing/agent-world.ts'
import { restoreOf } from './testing/restore-request.ts'

const PASSWORD = 'correct horse'

/** An agent with a restore under way that would take minutes. */
async function worldInTheMiddle(directory: string) {
  const server = await startRestServer({ directory: join(directory, 'server') })
  const proxy = await startThrottlingProxy(server.port, 100_000_000)
  const url = `rest:http://127.0.0.1:${proxy.port}/slow/`
  const files = { 'big.bin': randomBytes(12 << 20) }
  const { snapshotId } = await makeRepository({ directory, files, access: { url, password: PASSWORD } })
  const world = await agentWorld(directory, { resticCandidates: [restic().path] })
  const access = { url, username: '', serverPassword: '', password: PASSWORD }
  const { id: repositoryId } = await world.client.repository.add({ name: 'slow', access })
  const request = restoreOf({ repositoryId, snapshotId })
  await world.client.snapshot.list({ repositoryId })
  proxy.setRate(50_000)
  const start = () => world.client.restore.start({ request, planHash: null, requestKey: randomUUID() })
  return {
    ...world,
    proxy,
    repositoryId,
    start,
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]()
      await proxy[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

type World = Awaited<ReturnType<typeof worldInTheMiddle>>

async function inPhase({ client, proxy }: World, runId: string, phase: string): Promise<void> {
  for await (const event of await client.run.follow({ runId })) {
    // Planning over the slow line is not what is waited for.
    if (phase === 'restoring') proxy.setRate(event.sequence < 5 ? 100_000_000 : 50_000)
    if (event.type === 'progress' && event.progress.phase === phase) return
  }
  throw new Error(`the run never was ${phase}`)
}

function resticsOf(agentId: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/environ`, 'latin1').includes(`RESTORE_AGENT=${agentId}`)
      } catch {
        return false
      }
    })
}

requireTool('restic', 'rest-server')('a restore that takes long', () => {
  test('is really ended by a cancel', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldInTheMiddle(directory.path)
    const run = await world.start()
    await inPhase(world, run.id, 'restoring')
    await expect.poll(() => resticsOf(world.agent.id).length).toBeGreaterThan(0)

    const cancelled = await world.client.run.cancel({ runId: run.id, when: 'now' })
    expect(cancelled.state).toBe('cancelled')
    expect(cancelled.remark).toContain(join(directory.path, 'staging', run.id))
    expect(resticsOf(world.agent.id)).toEqual([])
    expect((await world.client.audit.list({ limit: 2 })).entries).toMatchObject([
      { action: 'host.cancel', outcome: 'done', runId: run.id },
      { action: 'host.restore', outcome: 'cancelled', runId: run.id },
    ])
    expect((await world.start()).state).toBe('queued')
  })

  test('holds the host: another start is refused with its name, and its repository stays', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldInTheMiddle(directory.path)
    const run = await world.start()
    const busy = { code: 'host_busy', data: { runId: run.id, kind: 'restore' } }
    await expect(world.start()).rejects.toMatchObject(busy)
    await expect(world.client.repository.createSample({ requestKey: randomUUID() })).rejects.toMatchObject(busy)
    await expect(world.client.repository.remove({ repositoryId: world.repositoryId })).rejects.toMatchObject(busy)
    const { entries } = await world.client.audit.list({ limit: 4 })
    expect(entries.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'repository.remove refused',
      'host.sample refused',
      'host.restore refused',
      'host.restore pending',
    ])
  })

  test('is ended with its restic when the agent shuts down, and found interrupted afterwards', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldInTheMiddle(directory.path)
    const run = await world.start()
    await inPhase(world, run.id, 'restoring')
    await world.agent[Symbol.asyncDispose]()
    expect(resticsOf(world.agent.id)).toEqual([])

    await using later = await agentWorld(directory.path, { resticCandidates: [restic().path] })
    const found = await later.client.run.get({ runId: run.id })
    expect(found).toMatchObject({ state: 'interrupted', remark: expect.stringContaining('The agent was stopped') })
  })
})
