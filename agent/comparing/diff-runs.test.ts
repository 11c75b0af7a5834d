import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { AgentClient } from '../../contract/agent/index.ts'
import type { Run, RunEvent } from '../../contract/shapes/run.ts'
import { backUp, makeRepository, requireTool, restic, writeFiles } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { agentWorld } from '../testing/agent-world.ts'

async function worldWithTwo(directory: string) {
  const files = { 'etc/hosts': 'one', 'etc/gone': 'gone', 'etc/same': 'same' }
  const { repository, source, snapshotId: before } = await makeRepository({ directory, files })
  await writeFiles(source, { 'etc/hosts': 'two!', 'new/caf\u00e9\n': 'new' })
  rmSync(join(source, 'etc/gone'))
  const { snapshotId: after } = await backUp(repository, source)
  const world = await agentWorld(directory, { resticCandidates: [restic().path] })
  const { url, password } = repository.access
  const added = await world.client.repository.add({
    name: 'main',
    access: { url, username: '', serverPassword: '', password },
  })
  const wanted = { repositoryId: added.id, before, after, metadata: false, requestKey: randomUUID() }
  return { ...world, wanted, url }
}

async function ended(client: AgentClient, started: Run): Promise<{ run: Run; lines: string[] }> {
  const events: RunEvent[] = []
  for await (const event of await client.run.follow({ runId: started.id })) events.push(event)
  const lines = events.flatMap((event) => (event.type === 'log' ? event.text : []))
  return { run: await client.run.get({ runId: started.id }), lines }
}

requireTool('restic')('a comparison by restic', () => {
  test('is a run like the others: named changes, a summary, one for a request key, and audited', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldWithTwo(directory.path)
    const { client, wanted } = world
    const started = await world.as('operator').compare.start(wanted)
    const { run, lines } = await ended(client, started)
    expect(run).toMatchObject({
      state: 'succeeded',
      subject: {
        kind: 'diff',
        before: { snapshotId: wanted.before },
        after: { snapshotId: wanted.after },
        summary: {
          changed: 1,
          added: { files: 1, folders: 1, others: 0, bytes: expect.any(Number) },
          removed: { files: 1, folders: 0, others: 0 },
        },
      },
      progress: { phase: 'comparing', filesDone: 4 },
      fault: null,
      remark: '',
    })
    expect(lines.slice(1)).toEqual(['-  /etc/gone', 'M  /etc/hosts', '+  /new/', '+  /new/caf\u00e9\\n'])
    expect(await client.compare.start(wanted)).toEqual(run)
    expect((await client.audit.list({ limit: 1 })).entries).toMatchObject([
      {
        action: 'host.diff',
        actor: 'operator@desk',
        outcome: 'succeeded',
        runId: run.id,
        snapshotId: wanted.before,
        summary: `Snapshots ${wanted.before.slice(0, 8)} and ${wanted.after.slice(0, 8)} of main`,
      },
    ])
    const other = await client.compare.start({ ...wanted, metadata: true, requestKey: randomUUID() })
    expect((await ended(client, other)).lines).toContain('U  /etc/')
  })

  test('is refused to viewers and of snapshots that are not there, and the refusal is in the audit', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldWithTwo(directory.path)
    const { client, wanted } = world
    await expect(world.as('viewer').compare.start(wanted)).rejects.toMatchObject({ code: 'forbidden' })
    const missing = { ...wanted, after: '0'.repeat(64) }
    await expect(client.compare.start(missing)).rejects.toMatchObject({ data: { what: 'snapshot' } })
    expect((await client.audit.list({ limit: 2 })).entries).toMatchObject([
      { action: 'host.diff', outcome: 'refused' },
      { action: 'call.refused', outcome: 'refused' },
    ])
  })

  test('of what is damaged says so, and is never taken for a success', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldWithTwo(directory.path)
    const { client, wanted, url } = world
    await client.snapshot.list({ repositoryId: wanted.repositoryId })
    rmSync(join(url, 'data'), { recursive: true })
    rmSync(join(directory.path, 'cache'), { recursive: true, force: true })
    rmSync(join(directory.path, 'data/cache'), { recursive: true, force: true })
    const { run } = await ended(client, await client.compare.start(wanted))
    expect(run.state).toBe('failed')
    expect(run.remark).toBe('The comparison is not whole.')
  })

  test('is one at a time, and cancelling it frees the host', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldWithTwo(directory.path)
    const { client, wanted } = world
    const started = await client.compare.start(wanted)
    await expect(client.compare.start({ ...wanted, requestKey: randomUUID() })).rejects.toMatchObject({
      code: 'host_busy',
      data: { runId: started.id, kind: 'diff' },
    })
    const run = await client.run.cancel({ runId: started.id, when: 'now' })
    expect(['cancelled', 'succeeded']).toContain(run.state)
    const next = await client.compare.start({ ...wanted, requestKey: randomUUID() })
    expect((await ended(client, next)).run.state).toBe('succeeded')
  })

  test('whose asker leaves before there is an answer was not refused', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldWithTwo(directory.path)
    const { client, wanted } = world
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    const access = { url: `rest:http://127.0.0.1:${port}/`, username: '', serverPassword: '', password: 'p' }
    const { id: repositoryId } = await client.repository.add({ name: 'silent', access })
    const start = client.compare.start({ ...wanted, repositoryId }, { signal: AbortSignal.timeout(500) })
    await expect(start).rejects.toThrow()
    // It has gone through to what waits for the server by then.
    await pause(500)
    silent.close()
    const { entries } = await client.audit.list({ limit: 9 })
    expect(entries.map(({ action }) => action)).toEqual(['repository.add', 'repository.add'])
  })
})
