import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AgentClient } from '../../contract/agent/index.ts'
import type { Run } from '../../contract/shapes/run.ts'
import { unlockStale } from '../../engine/restic/locks.ts'
import { makeRepository, requireTool, restic, runRestic, writeFiles } from '../../test/restic.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../../test/temporary-directory.ts'
import type { AsUnit, Confines } from '../sandbox/transient-unit.ts'
import { type AgentWorld, agentWorld } from '../testing/agent-world.ts'
import { type SystemdDouble, systemdDouble } from '../testing/systemd-double.ts'
import { openForWriting } from './writing.ts'

interface Doubled {
  readonly systemd: SystemdDouble
  readonly asUnit: AsUnit
  /** What each unit was let into, in the order they were asked for. */
  readonly confines: readonly Confines[]
  /** All that systemd was told of any of them. */
  readonly told: () => string
}

/** A systemd that confines nothing, and what was asked of it. */
function doubled(directory: TemporaryDirectory): Doubled {
  const systemd = systemdDouble(mkdtempSync(join(directory.path, 'systemd-')))
  const confines: Confines[] = []
  const told: string[] = []
  const asUnit: AsUnit = (program, limits) => {
    confines.push(limits)
    const unit = systemd.asUnit(program, limits)
    told.push(...unit.args, ...Object.values(unit.env))
    return unit
  }
  return { systemd, asUnit, confines, told: () => told.join('\n') }
}

async function ended(client: AgentClient, run: Run): Promise<{ readonly run: Run; readonly log: string }> {
  const log: string[] = []
  for await (const event of await client.run.follow({ runId: run.id })) if (event.type === 'log') log.push(event.text)
  return { run: await client.run.get({ runId: run.id }), log: log.join('\n') }
}

/** An agent that may not write to `url` itself, as far as it knows. */
async function worldWith(
  directory: TemporaryDirectory,
  { asUnit, url, password }: { readonly asUnit: AsUnit; readonly url: string; readonly password: string },
): Promise<AgentWorld & { readonly repositoryId: string }> {
  const world = await agentWorld(directory.path, { resticCandidates: [restic().path], asUnit })
  const access = { url, username: '', serverPassword: '', password }
  const { id: repositoryId } = await world.client.repository.add({ name: 'main', access })
  return { ...world, repositoryId }
}

requireTool('restic')('writing to a repository in a folder of this host, from where the agent may not', () => {
  test('it is made and backed up to in units that can write to it, to a cache and to scratch files alone', async () => {
    await using directory = temporaryDirectory()
    const password = randomUUID()
    const url = join(directory.path, 'srv', 'backup', 'repo')
    const { asUnit, confines, told } = doubled(directory)
    await using world = await worldWith(directory, { asUnit, url, password })
    const { client, repositoryId } = world
    const init = await client.repository.initialise({ repositoryId, again: null, requestKey: randomUUID() })
    const made = await ended(client, init)
    expect(made.run).toMatchObject({ state: 'succeeded', fault: null })
    expect(made.log).toContain(`the unit restore-agent-run-${init.id}, and can write to nothing but ${url}`)

    const place = join(directory.path, 'etc')
    await writeFiles(place, { hosts: '127.0.0.1\n' })
    await client.repository.setBackup({ repositoryId, backup: { paths: [place], exclude: [] } })
    const backup = await client.repository.backUp({ repositoryId, requestKey: randomUUID() })
    const kept = await ended(client, backup)
    expect(kept.run).toMatchObject({ state: 'succeeded', progress: { filesDone: 1 } })
    expect(kept.log).toContain(`the unit restore-agent-run-${backup.id}`)
    expect((await client.snapshot.list({ repositoryId })).id).toHaveLength(1)

    const cache = join(directory.path, 'data', 'cache')
    const scratch = expect.stringMatching(/\/restore-run-\w+$/)
    const writablePaths = [url, cache, scratch]
    expect(confines).toEqual([
      // systemd lets nobody into a folder that is not there.
      { runId: `${init.id}-folder`, writablePaths: [directory.path], graceMilliseconds: 1000 },
      { runId: init.id, writablePaths, graceMilliseconds: 10_000 },
      { runId: backup.id, writablePaths, graceMilliseconds: 10_000 },
    ])
    expect(confines.flatMap(({ writablePaths }) => writablePaths.slice(2)).filter(existsSync)).toEqual([])
    expect(told()).not.toContain(password)
  })

  test('a backup that is cancelled ends its unit, and restic takes its lock away', async () => {
    await using directory = temporaryDirectory()
    const { repository } = await makeRepository({ directory: directory.path })
    const { asUnit, systemd } = doubled(directory)
    await using world = await worldWith(directory, { asUnit, ...repository.access })
    const { client, repositoryId } = world
    // Takes no room, and restic minutes.
    const long = join(directory.path, 'long')
    writeFileSync(long, '')
    truncateSync(long, 2 ** 38)
    await client.repository.setBackup({ repositoryId, backup: { paths: [long], exclude: [] } })
    const run = await client.repository.backUp({ repositoryId, requestKey: randomUUID() })
    for await (const event of await client.run.follow({ runId: run.id })) {
      if (event.type === 'progress' && event.progress.bytesDone > 0) break
    }
    expect(await client.run.cancel({ runId: run.id, when: 'now' })).toMatchObject({ state: 'cancelled' })
    expect(systemd.asked()).toContain(`stop restore-agent-run-${run.id}.service`)
    expect(await runRestic(repository, ['list', 'locks', '--no-lock'])).toBe('')
  })

  test('taking away locks needs the locks alone', async () => {
    await using directory = temporaryDirectory()
    const { repository } = await makeRepository({ directory: directory.path })
    const { asUnit, confines } = doubled(directory)
    await using writing = await openForWriting(asUnit, repository, { runId: 'unlock-one', written: 'locks' })
    await unlockStale(writing.repository, {})
    expect(confines[0]?.writablePaths[0]).toBe(join(repository.access.url, 'locks'))
  })

  test.each(['all', 'locks'] as const)(
    'nothing is made where %s of a repository should be and is not',
    async (written) => {
      await using directory = temporaryDirectory()
      const { repository } = await makeRepository({ directory: directory.path })
      const { asUnit, confines } = doubled(directory)
      const url = join(directory.path, 'not-mounted', 'repo')
      const access = { ...repository.access, url }
      await using writing = await openForWriting(asUnit, { ...repository, access }, { runId: 'one', written })
      expect([writing.remark, confines, existsSync(url)]).toEqual([null, [], false])
      await expect(unlockStale(writing.repository, {})).rejects.toMatchObject({ code: 'repository_not_initialised' })
    },
  )

  test('a folder that cannot be made is told with what stood in the way', async () => {
    await using directory = temporaryDirectory()
    const { repository } = await makeRepository({ directory: directory.path })
    await writeFiles(join(directory.path, 'x'), { file: '' })
    const { asUnit } = doubled(directory)
    const url = join(directory.path, 'x', 'file', 'repo')
    const access = { ...repository.access, url }
    const opening = openForWriting(asUnit, { ...repository, access }, { runId: 'one', written: 'new' })
    await expect(opening).rejects.toMatchObject({
      code: 'unreachable',
      data: { host: url, reason: expect.stringContaining('ENOTDIR') },
    })
  })

  test.each(['rest:http://127.0.0.1:1/repo/', 's3:http://127.0.0.1:1/bucket'])(
    'a repository at %s needs no unit',
    async (url) => {
      await using directory = temporaryDirectory()
      const { repository } = await makeRepository({ directory: directory.path })
      const { asUnit, confines } = doubled(directory)
      const distant = { ...repository, access: { ...repository.access, url } }
      await using writing = await openForWriting(asUnit, distant, { runId: 'one', written: 'new' })
      expect([writing.repository, writing.remark, confines]).toEqual([distant, null, []])
    },
  )
})
