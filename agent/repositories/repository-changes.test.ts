import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, renameSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AgentClient } from '../../contract/agent/index.ts'
import type { Run } from '../../contract/shapes/run.ts'
import { startRestServer } from '../../test/rest-server.ts'
import { makeRepository, requireTool, restic, runRestic, writeFiles } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { agentWorld } from '../testing/agent-world.ts'

const STAYS = { name: null, username: null, serverPassword: null, password: null }

async function ended(client: AgentClient, { id: runId }: Run): Promise<Run> {
  for await (const _ of await client.run.follow({ runId })) continue
  return client.run.get({ runId })
}

requireTool('restic', 'rest-server')('a repository that is known', () => {
  test('is opened with its new password from then on; a wrong one is refused and changes nothing', async () => {
    await using directory = temporaryDirectory()
    const { repository } = await makeRepository({ directory: directory.path })
    await using world = await agentWorld(directory.path, { resticCandidates: [restic().path] })
    const { client } = world
    const { url, password } = repository.access
    const access = { url, username: '', serverPassword: '', password }
    const { id: repositoryId } = await client.repository.add({ name: 'main', access })
    await client.snapshot.list({ repositoryId })
    await writeFiles(directory.path, { 'new-password': 'new-horse-battery' })
    await runRestic(repository, ['key', 'passwd', '--new-password-file', join(directory.path, 'new-password')])

    const change = (changes: object) => client.repository.change({ ...STAYS, repositoryId, ...changes })
    await expect(change({ name: 'other', password: 'wrong-horse-battery' })).rejects.toMatchObject({
      code: 'wrong_password',
    })
    // The keys of the old password are still held, and nothing was kept of the wrong one.
    expect(await client.repository.list()).toMatchObject([{ name: 'main' }])
    expect((await client.snapshot.list({ repositoryId })).id).toHaveLength(1)

    expect(await change({ name: 'other', password: 'new-horse-battery' })).toMatchObject({ name: 'other', url })
    expect((await client.snapshot.list({ repositoryId })).id).toHaveLength(1)
    await expect(change({ password })).rejects.toMatchObject({ code: 'wrong_password' })
    const { entries } = await client.audit.list({ limit: 9 })
    expect(entries.map(({ action, outcome, summary }) => [action, outcome, summary])).toEqual([
      ['repository.change', 'refused', 'Change other: the password'],
      ['repository.change', 'done', 'Change main: its name, the password'],
      ['repository.change', 'refused', 'Change main: its name, the password'],
      ['repository.add', 'done', `Add ${url}`],
    ])
    const seen = JSON.stringify([entries, await client.repository.list(), world.log])
    expect(seen).not.toMatch(/horse-battery/)
    const kept = readdirSync(join(directory.path, 'data'), { recursive: true, withFileTypes: true })
    const files = kept.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    expect(files.length).toBeGreaterThan(1)
    expect(files.filter((file) => readFileSync(file).includes('horse-battery'))).toEqual([])
  })

  test('behind a server is reached with its new user and password, without a restart', async () => {
    await using directory = temporaryDirectory()
    const options = { directory: directory.path, users: { ada: 'ada-secret', bob: 'bob-secret' } }
    await using server = await startRestServer(options)
    const access = { url: `rest:${server.url}main`, username: 'ada', serverPassword: 'ada-secret', password: 'correct' }
    await makeRepository({ directory: directory.path, access })
    await using world = await agentWorld(directory.path, { resticCandidates: [restic().path] })
    const { client } = world
    const wrong = { ...access, serverPassword: 'forgotten' }
    const { id: repositoryId } = await client.repository.add({ name: '', access: wrong })
    await expect(client.snapshot.list({ repositoryId })).rejects.toMatchObject({ code: 'unauthenticated' })
    const changed = await client.repository.change({
      ...STAYS,
      repositoryId,
      username: 'bob',
      serverPassword: 'bob-secret',
    })
    expect(changed).toMatchObject({ username: 'bob', hasPassword: true })
    expect((await client.snapshot.list({ repositoryId })).id).toHaveLength(1)
  })

  test('that is not there yet may be given other credentials; one that is gone may not', async () => {
    await using directory = temporaryDirectory()
    await using world = await agentWorld(directory.path, { resticCandidates: [restic().path] })
    const { client } = world
    const access = { url: join(directory.path, 'fresh'), username: '', serverPassword: '', password: 'one' }
    const { id: repositoryId } = await client.repository.add({ name: '', access })
    await client.repository.change({ ...STAYS, repositoryId, password: 'two' })
    const run = await client.repository.initialise({ repositoryId, requestKey: randomUUID(), again: null })
    expect((await ended(client, run)).state).toBe('succeeded')
    expect(await client.repository.test({ ...access, password: 'two' })).toMatchObject({ snapshots: 0 })
    renameSync(access.url, `${access.url}-elsewhere`)
    await expect(client.repository.change({ ...STAYS, repositoryId, password: 'three' })).rejects.toMatchObject({
      code: 'repository_not_initialised',
    })
  })

  test('that was opened before is created again only by the name of the host and for a reason', async () => {
    await using directory = temporaryDirectory()
    const { repository } = await makeRepository({ directory: directory.path })
    await using world = await agentWorld(directory.path, { resticCandidates: [restic().path] })
    const { client } = world
    const { url, password } = repository.access
    const access = { url, username: '', serverPassword: '', password }
    await client.repository.test(access)
    const added = await client.repository.add({ name: 'main', access })
    expect(added.openedBefore).toBe(true)
    const initialise = (again: { hostname: string; reason: string } | null) =>
      client.repository.initialise({ repositoryId: added.id, requestKey: randomUUID(), again })
    const meant = { hostname: hostname(), reason: 'the disk is lost' }
    await expect(initialise(meant)).rejects.toMatchObject({ data: { what: 'repository_exists' } })

    // As when its disk is not mounted.
    renameSync(url, `${url}-elsewhere`)
    await expect(initialise(null)).rejects.toMatchObject({
      code: 'conflict',
      data: { what: 'opened_before', detail: hostname() },
    })
    for (const other of [hostname().toUpperCase(), `${hostname()} `, '']) {
      await expect(initialise({ ...meant, hostname: other })).rejects.toMatchObject({
        data: { what: 'wrong_host_name', detail: hostname() },
      })
    }
    expect((await ended(client, await initialise(meant))).state).toBe('succeeded')
    expect((await client.snapshot.list({ repositoryId: added.id })).id).toEqual([])
    const { entries } = await client.audit.list({ limit: 9 })
    expect(entries.map(({ outcome }) => outcome)).toEqual(['succeeded', ...Array<string>(5).fill('refused'), 'done'])
    expect(entries[0]?.summary).toBe('Create the repository main, anew: the disk is lost')
  })

  test('is never taken for empty while it is only out of reach', async () => {
    await using directory = temporaryDirectory()
    const server = await startRestServer({ directory: directory.path })
    const access = { url: `rest:${server.url}main`, username: '', serverPassword: '', password: 'correct' }
    await server[Symbol.asyncDispose]()
    await using world = await agentWorld(directory.path, { resticCandidates: [restic().path] })
    const { id: repositoryId } = await world.client.repository.add({ name: '', access })
    const again = { hostname: hostname(), reason: 'the disk is lost' }
    const asked = world.client.repository.initialise({ repositoryId, requestKey: randomUUID(), again })
    await expect(asked).rejects.toMatchObject({ code: 'unreachable' })
  })
})
