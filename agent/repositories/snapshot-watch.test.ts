import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { HostNews } from '../../contract/shapes/host.ts'
import { backUp, makeRepository, requireTool, restic } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { systemClock } from '../clock.ts'
import { ResticTool } from '../../engine/restic/restic-tool.ts'
import { openJournal } from '../journal/open-journal.ts'
import { createLogger } from '../../engine/logging/logger.ts'
import { RepositorySecrets } from '../secrets/repository-secrets.ts'
import { agentWorld, SECRETS_KEY } from '../testing/agent-world.ts'
import { Repositories } from './repositories.ts'
import { SnapshotWatch } from './snapshot-watch.ts'

/** A watch that goes round without a pause, over one repository with a snapshot. */
async function watching(directory: string) {
  const made = await makeRepository({ directory })
  const stack = new AsyncDisposableStack()
  const journal = stack.use(openJournal(join(directory, 'agent.db')))
  const repositories = new Repositories({
    journal,
    secrets: new RepositorySecrets(join(directory, 'secrets.bin'), SECRETS_KEY),
    resticTool: new ResticTool([restic().path]),
    clock: systemClock,
    agentId: 'agent',
    cacheDirectory: join(directory, 'cache'),
    asUnit: null,
  })
  const { url, password } = made.repository.access
  const { id } = repositories.add('main', { url, username: '', serverPassword: '', password })
  const log: string[] = []
  const logger = createLogger({ sink: (line) => log.push(line), secrets: () => [], now: () => new Date() })
  const watch = stack.use(new SnapshotWatch({ repositories, clock: systemClock, logger, roundMilliseconds: 1 }))
  const stop = new AbortController()
  stack.defer(() => stop.abort())
  const news = watch.watch(stop.signal)
  const next = async (): Promise<HostNews['lastSnapshots']> => {
    const { value } = await news.next()
    return (value as HostNews).lastSnapshots
  }
  return {
    ...made,
    id,
    url,
    journal,
    repositories,
    watch,
    next,
    log,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

requireTool('restic')('the news of a host', () => {
  test('tells of the newest snapshot of each repository, and of one that somebody else makes', async () => {
    await using directory = temporaryDirectory()
    await using world = await watching(directory.path)
    expect(await world.next()).toEqual([])
    expect(await world.next()).toMatchObject([{ repositoryId: world.id, snapshotId: world.snapshotId }])
    const { snapshotId } = await backUp(world.repository, world.source)
    expect(await world.next()).toMatchObject([{ repositoryId: world.id, snapshotId }])
    expect(world.repositories.get(world.id).openedBefore).toBe(true)
    world.repositories.remove(world.id)
    expect(await world.next()).toEqual([])
  })

  test('opens nothing while no snapshot is new, so that keys are forgotten when nobody browses', async () => {
    await using directory = temporaryDirectory()
    await using world = await watching(directory.path)
    await world.next()
    await world.next()
    await world.watch.look(world.id)
    const asked: string[] = []
    const reader = await world.repositories.reader(world.id)
    const snapshots = reader.snapshots.bind(reader)
    reader.snapshots = (options) => {
      asked.push('snapshots')
      return snapshots(options)
    }
    for (let looks = 0; looks < 5; looks += 1) await world.watch.look(world.id)
    expect(asked).toEqual([])
    const { snapshotId } = await backUp(world.repository, world.source)
    expect(await world.next()).toMatchObject([{ snapshotId }])
    expect(asked).toEqual(['snapshots'])
  })

  test('goes round again after a round in which the repositories could not be read', async () => {
    await using directory = temporaryDirectory()
    await using world = await watching(directory.path)
    await world.next()
    await world.next()
    const { repositories } = world
    const list = repositories.list.bind(repositories)
    repositories.list = () => {
      repositories.list = list
      throw new Error('disk I/O error')
    }
    await expect.poll(() => world.log.join('')).toContain('snapshots.round-failed')
    const { snapshotId } = await backUp(world.repository, world.source)
    expect(await world.next()).toMatchObject([{ snapshotId }])
  })

  test('keeps what was known of one that is out of reach, says so once, and is there again with it', async () => {
    await using directory = temporaryDirectory()
    await using world = await watching(directory.path)
    await world.next()
    const known = await world.next()
    renameSync(world.url, `${world.url}-elsewhere`)
    for (let looks = 0; looks < 3; looks += 1) await world.watch.look(world.id)
    expect(world.repositories.newest.list()).toEqual(known)
    expect(world.log.filter((line) => line.includes('snapshots.out-of-reach'))).toHaveLength(1)
    renameSync(`${world.url}-elsewhere`, world.url)
    const { snapshotId } = await backUp(world.repository, world.source)
    expect(await world.next()).toMatchObject([{ snapshotId }])
  })

  test('is known after a restart, also while the repository is out of reach', async () => {
    await using directory = temporaryDirectory()
    const { repository, snapshotId } = await makeRepository({ directory: directory.path })
    const { url, password } = repository.access
    const options = { resticCandidates: [restic().path] }
    const first = await agentWorld(directory.path, options)
    const access = { url, username: '', serverPassword: '', password }
    const { id: repositoryId } = await first.client.repository.add({ name: 'main', access })
    await first.client.snapshot.list({ repositoryId })
    await first[Symbol.asyncDispose]()
    renameSync(url, `${url}-elsewhere`)
    await using second = await agentWorld(directory.path, options)
    const stop = new AbortController()
    for await (const news of await second.as('viewer').host.watch(undefined, { signal: stop.signal })) {
      expect(news.lastSnapshots).toMatchObject([{ repositoryId, snapshotId }])
      break
    }
    stop.abort()
  })
})
