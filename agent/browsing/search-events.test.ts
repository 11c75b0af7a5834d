import { once } from 'node:events'
import { expect, test } from 'vitest'
import type { SearchEvent } from '../../contract/shapes/search.ts'
import type { Snapshot } from '../../contract/shapes/snapshot.ts'
import { openTreeReader } from '../../engine/repository/tree-reader.ts'
import { openTreeSource } from '../../engine/repository/tree-source.ts'
import { listSnapshots } from '../../engine/restic/snapshots.ts'
import { makeRepository, requireTool } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { searchEvents } from './search-events.ts'

const QUERY = {
  pattern: { kind: 'text' as const, text: 'notes', ignoreCase: false },
  types: null,
  size: { least: null, most: null },
  modified: { from: null, until: null },
  limit: 100,
}

/** A repository with `/notes` and `/deep/notes`, whose folder `/deep` is as slow to read as the test wants. */
async function slowRepository(directory: string) {
  const { repository } = await makeRepository({ directory, files: { notes: 'one', 'deep/notes': 'two' } })
  const source = openTreeSource(repository)
  const asked = Promise.withResolvers<AbortSignal>()
  const go = Promise.withResolvers<void>()
  let root: string | undefined
  const reader = openTreeReader(repository, {
    source: {
      ...source,
      async read(treeId, reading) {
        root ??= treeId
        if (treeId !== root) {
          asked.resolve(reading.signal)
          const stopped = new Promise((_, reject) => {
            reading.signal.addEventListener('abort', () => reject(new Error('stopped')))
          })
          await Promise.race([go.promise, stopped])
        }
        return source.read(treeId, reading)
      },
    },
  })
  const snapshots: readonly Snapshot[] = await listSnapshots(repository, {})
  const stop = new AbortController()
  const events = searchEvents({ reader, snapshots, query: QUERY, signal: stop.signal })
  return { events, stop, asked: asked.promise, go: () => go.resolve() }
}

async function next(events: AsyncGenerator<SearchEvent>): Promise<SearchEvent | undefined> {
  const { value } = (await events.next()) as IteratorResult<SearchEvent, undefined>
  return value
}

requireTool('restic')('a search over a slow line', () => {
  test('tells what it has found, and where it is, while the rest is still to come', async () => {
    await using directory = temporaryDirectory()
    const { events, go } = await slowRepository(directory.path)
    expect(await next(events)).toMatchObject({ kind: 'begun', series: { id: [expect.any(String)] } })
    expect(await next(events)).toMatchObject({ kind: 'found', hits: { path: ['/notes'], held: [[0, 0]] } })
    expect(await next(events)).toEqual({ kind: 'looked', directories: 2, at: '/deep' })
    go()
    expect(await next(events)).toMatchObject({ kind: 'found', hits: { path: ['/deep/notes'] } })
    expect(await next(events)).toEqual({ kind: 'ended', directories: 2, complete: true })
    expect(await next(events)).toBeUndefined()
  })

  test('stops reading as soon as it is told to', async () => {
    await using directory = temporaryDirectory()
    const { events, stop, asked } = await slowRepository(directory.path)
    await next(events)
    await next(events)
    const waiting = next(events)
    const reading = await asked
    stop.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
    expect(reading.aborted).toBe(true)
  })

  test('stops reading when nobody takes what it finds', async () => {
    await using directory = temporaryDirectory()
    const { events, asked } = await slowRepository(directory.path)
    for (const kind of ['begun', 'found', 'looked']) expect(await next(events)).toMatchObject({ kind })
    const reading = await asked
    const stopped = once(reading, 'abort')
    await events.return()
    await stopped
    expect(reading.aborted).toBe(true)
  })
})
