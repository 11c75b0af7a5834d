import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { PlacedSearchEvent } from '../contract/console/search.ts'
import { headlessConsole } from '../test/headless-console.ts'
import { startRestServer } from '../test/rest-server.ts'
import { makeRepository, requireTool } from '../test/restic.ts'
import { temporaryDirectory } from '../test/temporary-directory.ts'

const QUERY = {
  pattern: { kind: 'glob', text: '*.conf', ignoreCase: false } as const,
  types: null,
  size: { least: null, most: null },
  modified: { from: null, until: null },
  limit: 100,
}

requireTool('restic', 'rest-server')('the headless console, with a real server that goes away', () => {
  test('searches, previews, tells versions; and shows what it has read when the server is gone, also later', async () => {
    await using directory = temporaryDirectory()
    await using server = await startRestServer({ directory: join(directory.path, 'server') })
    const made = await makeRepository({
      directory: join(directory.path, 'made'),
      access: { url: `rest:${server.url}made/` },
      files: { 'etc/nginx.conf': 'listen 80;\n', 'etc/unmistakable-name': 'x', 'home/other': 'y' },
    })
    const { snapshotId } = made
    const { password, url } = made.repository.access
    await using console = await headlessConsole(directory.path)
    const { client, hostId } = console
    const access = { url, username: '', serverPassword: '', password }
    const { id: repositoryId } = await client.repositories.add({ hostId, name: 'made', access })
    const place = { hostId, repositoryId }

    const { snapshots, keptSince } = await client.snapshots.list(place)
    expect({ ids: snapshots.id, keptSince }).toEqual({ ids: [snapshotId], keptSince: null })
    const page = (treeId: string) => ({ ...place, treeId, offset: 0, limit: 100 })
    const { nodes } = await client.tree.list(page(snapshots.treeId[0] ?? ''))
    expect(nodes.name).toEqual(['etc', 'home'])
    const etc = nodes.treeId[0] ?? ''
    expect((await client.tree.list(page(etc))).nodes.name).toEqual(['nginx.conf', 'unmistakable-name'])
    expect(await client.tree.totals({ ...place, treeId: etc })).toMatchObject({ files: 2, bytes: 12 })
    expect(await client.tree.node({ ...place, treeId: etc, name: 'nginx.conf' })).toMatchObject({ size: 11 })

    const events: PlacedSearchEvent[] = []
    for await (const event of await client.search.find({ ...QUERY, scope: { kind: 'everywhere' } })) events.push(event)
    expect(events.flatMap(({ event }) => (event.kind === 'found' ? event.hits.path : []))).toEqual(['/etc/nginx.conf'])
    expect(events.at(-1)).toMatchObject({ ...place, event: { kind: 'ended', complete: true } })

    const file = { ...place, snapshotId, path: '/etc/nginx.conf' }
    expect((await client.versions.list(file)).spans).toMatchObject([{ change: 'first seen', node: { size: 11 } }])
    const { bytes } = await client.preview.read({ ...file, limit: 6 })
    expect(Buffer.from(bytes, 'base64').toString()).toBe('listen')

    await server[Symbol.asyncDispose]()
    expect(await client.snapshots.list(place)).toMatchObject({
      snapshots: { id: [snapshotId] },
      keptSince: expect.any(String),
    })
    expect(await client.tree.list(page(etc))).toMatchObject({ keptSince: expect.any(String) })
    await console.end('SIGTERM')

    await using again = await headlessConsole(directory.path)
    const seen = await again.client.tree.list(page(etc))
    expect(seen).toMatchObject({ nodes: { name: ['nginx.conf', 'unmistakable-name'] }, keptSince: expect.any(String) })
    expect(await again.client.audit.recent({ hostId, limit: 9 })).toMatchObject([
      { action: 'file.preview', outcome: 'done', bytes: 6, summary: '/etc/nginx.conf' },
      { action: 'repository.add' },
    ])
    await again.end('SIGTERM')
    expect(filesWith(join(directory.path, 'data'), 'unmistakable-name')).toEqual([])
  })
})

function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text))
}
