import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repositoryAt, requireTool, runRestic } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { listSnapshots } from '../restic/snapshots.ts'
import { createSample } from './sample.ts'
import { openTreeReader, type TreeReader } from './tree-reader.ts'

async function namesAt(reader: TreeReader, rootId: string, path: readonly string[]): Promise<readonly string[]> {
  let listing = await reader.list(rootId, {})
  for (const name of path) listing = await reader.list(listing.treeId[listing.name.indexOf(name)] ?? '', {})
  return listing.name
}

requireTool('restic')('the sample', () => {
  it('is a repository worth looking at, and leaves nothing beside it', async () => {
    await using directory = temporaryDirectory()
    const repository = repositoryAt(directory.path, { url: join(directory.path, 'repository') })
    const source = join(directory.path, 'source')
    const steps: [number, number][] = []
    await createSample(repository, {
      directory: source,
      now: new Date('2026-03-14T15:09:26Z'),
      onLog: (text) => expect(text).not.toContain('Left out'),
      onProgress: (done, total) => steps.push([done, total]),
    })

    expect(existsSync(source)).toBe(false)
    expect(steps[0]?.[0]).toBe(0)
    expect(steps.at(-1)?.[0]).toBe(steps.at(-1)?.[1])

    const snapshots = await listSnapshots(repository, {})
    expect(snapshots.map(({ time, hostname }) => [new Date(time).toISOString().slice(0, 16), hostname])).toEqual([
      ['2026-03-14T12:09', 'harbour'],
      ['2026-03-13T15:09', 'harbour'],
      ['2026-03-08T15:09', 'harbour'],
      ['2026-03-01T15:09', 'quay'],
      ['2026-02-22T15:09', 'harbour'],
      ['2026-02-01T15:09', 'harbour'],
    ])
    expect(snapshots[0]?.tags).toEqual(['nightly', 'before-upgrade'])

    const reader = openTreeReader(repository)
    const [latest, night] = snapshots.map((snapshot) => snapshot.treeId)
    if (latest === undefined || night === undefined) throw new Error('two snapshots were expected')
    expect(await namesAt(reader, latest, [])).toEqual(['etc', 'home', 'srv', 'var'])
    expect(await namesAt(reader, latest, ['var', 'lib', 'app', 'sessions'])).toHaveLength(2000)
    const odd = await namesAt(reader, latest, ['home', 'alice', 'Names from everywhere'])
    expect(odd).toEqual(
      expect.arrayContaining(['two\nlines.txt', '\udcff', 'x'.repeat(255), '-rf', 'trailing space.txt ']),
    )
    expect(await namesAt(reader, latest, ['home', 'alice', 'Desktop'])).toEqual([])
    expect(await runRestic(repository, ['dump', snapshots[0]?.id ?? '', '/home/alice/accounts/customers.csv'])).toBe('')
    expect(await runRestic(repository, ['dump', snapshots[1]?.id ?? '', '/home/alice/accounts/customers.csv'])).toMatch(
      /^number,name,mail,visits\n1000,/,
    )
  }, 120_000)

  it('stops when it is told to, and clears its files away', async () => {
    await using directory = temporaryDirectory()
    const repository = repositoryAt(directory.path, { url: join(directory.path, 'repository') })
    const source = join(directory.path, 'source')
    const stop = new AbortController()
    const making = createSample(repository, {
      directory: source,
      signal: stop.signal,
      onLog: (text) => /first time/.test(text) && stop.abort(),
      onProgress: () => undefined,
    })
    await expect(making).rejects.toMatchObject({ code: 'cancelled' })
    expect(existsSync(source)).toBe(false)
  })
})
