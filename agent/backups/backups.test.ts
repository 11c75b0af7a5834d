import { randomUUID } from 'node:crypto'
import { rmSync, truncateSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AgentClient } from '../../contract/agent/index.ts'
import type { Run, RunEvent } from '../../contract/shapes/run.ts'
import { makeRepository, requireTool, restic, runRestic, writeFiles } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { agentWorld } from '../testing/agent-world.ts'

/** An agent with a repository that holds one snapshot, and files beside it to be backed up. */
async function worldWithFiles(directory: string) {
  const { repository } = await makeRepository({ directory })
  const world = await agentWorld(directory, { resticCandidates: [restic().path] })
  const { url, password } = repository.access
  const access = { url, username: '', serverPassword: '', password }
  const { id: repositoryId } = await world.client.repository.add({ name: 'main', access })
  const place = join(directory, 'etc')
  await writeFiles(place, { hosts: '127.0.0.1 localhost\n', 'ssl/key.pem': 'secret', 'cache/old.tmp': 'x' })
  return { ...world, repositoryId, place, repository }
}

async function ended(client: AgentClient, started: Run): Promise<{ run: Run; events: RunEvent[] }> {
  const events: RunEvent[] = []
  for await (const event of await client.run.follow({ runId: started.id })) events.push(event)
  return { run: await client.run.get({ runId: started.id }), events }
}

const logged = (events: readonly RunEvent[]) => events.flatMap((event) => (event.type === 'log' ? event.text : []))

requireTool('restic')('backups of a host', () => {
  test('what is backed up is said once and kept; then a run makes a snapshot of it in the name of this host', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldWithFiles(directory.path)
    const { client, repositoryId, place } = world
    const backup = { paths: [place], exclude: ['*.tmp'] }
    expect(await client.repository.setBackup({ repositoryId, backup })).toMatchObject({ backup })
    expect(await client.repository.list()).toMatchObject([{ id: repositoryId, backup }])

    const requestKey = randomUUID()
    const started = await world.as('operator').repository.backUp({ repositoryId, requestKey })
    const { run, events } = await ended(client, started)
    expect(run).toMatchObject({
      state: 'succeeded',
      subject: { kind: 'backup', ...backup },
      counts: { failed: 0 },
      progress: { phase: 'finishing', filesDone: 2, filesTotal: 2, bytesDone: 26, bytesTotal: 26 },
      fault: null,
      remark: '',
    })
    const snapshotId = run.subject.kind === 'backup' ? run.subject.snapshotId : null
    const snapshots = await client.snapshot.list({ repositoryId })
    expect(snapshots).toMatchObject({ id: [snapshotId, expect.any(String)], files: [2, 1], tags: [[], []] })
    expect([snapshots.hostname[0], snapshots.paths[0]]).toEqual([hostname(), [place]])
    expect(logged(events).at(-1)).toContain(`Snapshot ${snapshotId?.slice(0, 8)} is saved`)

    expect(await client.repository.backUp({ repositoryId, requestKey })).toEqual(run)
    expect(await client.repository.list()).toMatchObject([{ openedBefore: true }])
    expect((await client.audit.list({ limit: 9 })).entries).toMatchObject([
      {
        action: 'host.backup',
        actor: 'operator@desk',
        outcome: 'succeeded',
        summary: `${place}, without *.tmp, to main`,
        runId: run.id,
        files: 2,
        bytes: 26,
      },
      { action: 'repository.change', outcome: 'done', summary: `Change main: back up ${place}, without *.tmp` },
      { action: 'repository.add' },
    ])
  })

  test.each([
    ['a path with a NUL, which restic would take for two', { paths: ['/srv\0/etc/shadow'], exclude: [] }],
    ['a pattern with a NUL', { paths: ['/srv'], exclude: ['*.tmp\0'] }],
    ['more patterns than a program can be told', { paths: ['/srv'], exclude: Array(1000).fill('x'.repeat(300)) }],
  ])('%s is refused', async (_, backup) => {
    await using directory = temporaryDirectory()
    await using world = await worldWithFiles(directory.path)
    const { client, repositoryId } = world
    await expect(client.repository.setBackup({ repositoryId, backup })).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await client.repository.list()).toMatchObject([{ backup: null }])
  })

  test('a path that is not on this host is refused by its name, and nothing is changed', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldWithFiles(directory.path)
    const { client, repositoryId, place } = world
    const backup = { paths: [place, join(place, 'nowhere'), join(place, 'hosts', 'below')], exclude: [] }
    await expect(client.repository.setBackup({ repositoryId, backup })).rejects.toMatchObject({
      code: 'invalid_input',
      data: {
        issues: [
          { path: ['backup', 'paths', 1], message: `${join(place, 'nowhere')} is not on this host.` },
          { path: ['backup', 'paths', 2], code: 'path_absent', values: { path: join(place, 'hosts', 'below') } },
        ],
      },
    })
    expect(await client.repository.list()).toMatchObject([{ backup: null }])
    await expect(client.repository.backUp({ repositoryId, requestKey: randomUUID() })).rejects.toMatchObject({
      code: 'conflict',
      data: { what: 'nothing_to_back_up', detail: 'main' },
    })
    const { entries } = await client.audit.list({ limit: 2 })
    expect(entries.map(({ action, outcome }) => [action, outcome])).toEqual([
      ['host.backup', 'refused'],
      ['repository.change', 'refused'],
    ])
  })

  test('what cannot be read is in the ledger and makes it partial, and so does a path that has gone', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldWithFiles(directory.path)
    const { client, repositoryId, place } = world
    // It can be opened, also by root, and reading it is an error.
    const unreadable = `/proc/${process.pid}/mem`
    const gone = join(directory.path, 'gone')
    writeFileSync(gone, '')
    await client.repository.setBackup({ repositoryId, backup: { paths: [place, unreadable, gone], exclude: [] } })
    rmSync(gone)
    const { run } = await ended(client, await client.repository.backUp({ repositoryId, requestKey: randomUUID() }))
    expect(run).toMatchObject({
      state: 'partial',
      counts: { failed: 2 },
      subject: { snapshotId: expect.any(String) },
      remark: 'The snapshot was made without 2 items that could not be read.',
    })
    const { items } = await client.run.ledger({ runId: run.id, action: null, text: '', offset: 0, limit: 9 })
    expect(items.path).toEqual([gone, unreadable])
    expect(items.reason).toEqual(['it is not on this host', expect.stringContaining('input/output error')])
    expect((await client.snapshot.list({ repositoryId })).id).toHaveLength(2)

    rmSync(place, { recursive: true })
    await client.repository.setBackup({ repositoryId, backup: { paths: [unreadable], exclude: ['['] } })
    const badPattern = await client.repository.backUp({ repositoryId, requestKey: randomUUID() })
    expect((await ended(client, badPattern)).run).toMatchObject({
      state: 'failed',
      fault: { code: 'tool_failed', data: { stderrTail: expect.stringContaining('invalid pattern') } },
      subject: { snapshotId: null },
    })
  })

  test('one that is cancelled ends restic, makes no snapshot, and frees the host', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldWithFiles(directory.path)
    const { client, repositoryId, place } = world
    // Takes no room, and restic minutes.
    const long = join(place, 'long')
    writeFileSync(long, '')
    truncateSync(long, 2 ** 38)
    await client.repository.setBackup({ repositoryId, backup: { paths: [place], exclude: [] } })
    const started = await client.repository.backUp({ repositoryId, requestKey: randomUUID() })
    for await (const event of await client.run.follow({ runId: started.id })) {
      if (event.type === 'progress' && event.progress.bytesDone > 0) break
    }
    // The same once more is the one that goes on; another has to wait.
    const again = await client.repository.backUp({ repositoryId, requestKey: randomUUID() })
    expect(again.id).toBe(started.id)
    await client.repository.setBackup({ repositoryId, backup: { paths: [place], exclude: ['other'] } })
    await expect(client.repository.backUp({ repositoryId, requestKey: randomUUID() })).rejects.toMatchObject({
      code: 'host_busy',
      data: { runId: started.id, kind: 'backup' },
    })
    await client.repository.setBackup({ repositoryId, backup: { paths: [place], exclude: [] } })
    expect(await client.run.cancel({ runId: started.id, when: 'now' })).toMatchObject({
      state: 'cancelled',
      subject: { snapshotId: null },
      remark: expect.stringContaining('No snapshot was made.'),
    })
    truncateSync(long, 0)
    const { run } = await ended(client, await client.repository.backUp({ repositoryId, requestKey: randomUUID() }))
    expect(run.state).toBe('succeeded')
    expect((await client.snapshot.list({ repositoryId })).id).toHaveLength(2)
  })

  test('a repository on this host is left out of the backups that are made to it', async () => {
    await using directory = temporaryDirectory()
    await using world = await worldWithFiles(directory.path)
    const { client, repositoryId, repository } = world
    await client.repository.setBackup({ repositoryId, backup: { paths: [directory.path], exclude: ['cache', 'data'] } })
    const { run, events } = await ended(
      client,
      await client.repository.backUp({ repositoryId, requestKey: randomUUID() }),
    )
    expect(run.state).toBe('succeeded')
    expect(logged(events)).toContain(`Without the repository itself, ${repository.access.url}.`)
    const held = await runRestic(repository, ['ls', 'latest'])
    expect(held).toContain(join(directory.path, 'etc', 'hosts'))
    expect(held).not.toContain(repository.access.url)
  })
})
