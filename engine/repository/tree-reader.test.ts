import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { toRows } from '../../contract/shapes/columns.ts'
import { makeRepository, requireTool, runRestic } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { fileNameFromBytes } from '../file-name.ts'
import type { ResticRepository } from '../restic/repository.ts'
import type { Backend } from './native/backend.ts'
import { localBackend } from './native/backends/local-backend.ts'
import { openTreeReader, type TreeReader } from './tree-reader.ts'
import { openTreeSource, resticTreeSource } from './tree-source.ts'

/** Any bytes but NUL and the slash may be a name. */
const ODD_NAMES: readonly Buffer[] = [
  'new\nline',
  'tab\tand\rreturn',
  'quote"\'`',
  '*?[]\\',
  '[bad',
  '-rf',
  ' lead',
  'trail ',
  '#x',
  '$HOME',
  '💀',
  'e\u0301',
  'é',
  '\\x41',
  '\\n',
  '\u00a0',
  '\ufeff',
  '\ufffd',
  '\u202e',
  'nul\\0',
  '\u{10ffff}',
  'a'.repeat(255),
  '…'.repeat(85),
].map((name) => Buffer.from(name))

function randomName(): Buffer {
  const bytes = randomBytes(1 + Math.floor(Math.random() * 40))
  const name = Buffer.from(bytes.map((byte) => (byte === 0 || byte === 0x2f ? 0x5c : byte)))
  return /^\.{1,2}$/.test(name.toString('latin1')) ? randomName() : name
}

const SOURCES = [
  ['our own reader', 'native', openTreeSource],
  ['restic', 'restic', resticTreeSource],
] as const

requireTool('restic')('reading directories', () => {
  describe.each(SOURCES)('by %s', (_, served, openSource) => {
    const open = (repository: ResticRepository): TreeReader =>
      openTreeReader(repository, { source: openSource(repository) })

    it('says who reads', async () => {
      await using directory = temporaryDirectory()
      const { repository, treeId } = await makeRepository({ directory: directory.path })
      const reader = open(repository)
      await reader.list(treeId, {})
      expect(reader.served).toBe(served)
    })

    it('gives every name byte for byte, in restic’s order', async () => {
      await using directory = temporaryDirectory()
      const source = join(directory.path, 'source')
      mkdirSync(source)
      const latin = Buffer.from('caf\xe9', 'latin1')
      const names = [...ODD_NAMES, latin, Buffer.from([0xff]), ...Array.from({ length: 300 }, randomName)]
      for (const name of names) writeFileSync(Buffer.concat([Buffer.from(`${source}/`), name]), '')
      const { repository, treeId } = await makeRepository({ directory: directory.path, source })

      const listing = await open(repository).list(treeId, {})
      const distinct = new Map(names.map((name) => [name.toString('hex'), name]))
      const expected = [...distinct.values()].sort(Buffer.compare).map(fileNameFromBytes)
      expect(listing.name).toEqual(expected)
    })

    it('gives type, size, time, mode and link target of each node, directories first', async () => {
      await using directory = temporaryDirectory()
      const source = join(directory.path, 'source')
      mkdirSync(join(source, 'zoo'), { recursive: true })
      mkdirSync(join(source, 'empty'))
      writeFileSync(join(source, 'a file'), '12345')
      chmodSync(join(source, 'a file'), 0o6741)
      chmodSync(join(source, 'zoo'), 0o1777)
      symlinkSync('../elsewhere', join(source, 'link'))
      symlinkSync(Buffer.from('\xe9', 'latin1'), join(source, 'raw-link'))
      utimesSync(join(source, 'a file'), 1_700_000_000.25, 1_700_000_000.25)
      const { repository, treeId } = await makeRepository({ directory: directory.path, source })

      const listing = await open(repository).list(treeId, {})
      const nodes = toRows(listing).map(({ name, type, size, mode, linkTarget }) => ({
        name,
        type,
        size,
        mode,
        linkTarget,
      }))
      expect(nodes).toEqual([
        { name: 'empty', type: 'dir', size: 0, mode: 0o755, linkTarget: null },
        { name: 'zoo', type: 'dir', size: 0, mode: 0o1777, linkTarget: null },
        { name: 'a file', type: 'file', size: 5, mode: 0o6741, linkTarget: null },
        { name: 'link', type: 'symlink', size: 0, mode: 0o777, linkTarget: '../elsewhere' },
        { name: 'raw-link', type: 'symlink', size: 0, mode: 0o777, linkTarget: '\udce9' },
      ])
      expect(Date.parse(listing.modified[2] ?? '')).toBe(1_700_000_000_250)
      expect(listing.treeId.map((id) => id !== null)).toEqual([true, true, false, false, false])
      const empty = await open(repository).list(listing.treeId[0] ?? '', {})
      expect(empty.name).toEqual([])
    })

    it('asks once for a directory however many want it, and never again', async () => {
      await using directory = temporaryDirectory()
      const { repository, treeId } = await makeRepository({ directory: directory.path })
      const reader = open(repository)
      const [one, two] = await Promise.all([reader.list(treeId, {}), reader.list(treeId, {})])
      expect(two).toBe(one)
      await rm(repository.access.url, { recursive: true })
      expect(await reader.list(treeId, {})).toBe(one)
    })

    it('lets go at once of one who no longer wants to wait, and serves the others', async () => {
      await using directory = temporaryDirectory()
      const { repository, treeId } = await makeRepository({ directory: directory.path })
      const reader = open(repository)
      const stop = new AbortController()
      const leaving = reader.list(treeId, { signal: stop.signal })
      const staying = reader.list(treeId, {})
      stop.abort()
      await expect(leaving).rejects.toMatchObject({ code: 'cancelled' })
      expect((await staying).name).toEqual(['notes.txt'])
    })

    it('says so when there is no such directory, when a file is none, and when it may not be opened', async () => {
      await using directory = temporaryDirectory()
      const { repository, treeId } = await makeRepository({
        directory: directory.path,
        files: { 'a.json': '{"nodes": 3}' },
      })
      const reader = open(repository)
      await expect(reader.list('f'.repeat(64), {})).rejects.toMatchObject({ code: 'not_found', data: { what: 'tree' } })
      const fileBlob = createHash('sha256').update('{"nodes": 3}').digest('hex')
      await expect(reader.list(fileBlob, {})).rejects.toMatchObject({ code: 'tool_failed' })
      const wrong = open({ ...repository, access: { ...repository.access, password: 'wrong' } })
      await expect(wrong.list(treeId, {})).rejects.toMatchObject({ code: 'wrong_password' })
    })
  })
})

requireTool('restic')('when our own reader fails', () => {
  it('asks restic, and says so', async () => {
    await using directory = temporaryDirectory()
    const { repository, treeId } = await makeRepository({ directory: directory.path })
    const failing: Backend = {
      ...localBackend(repository.access.url),
      readRange: () => Promise.reject(new Error('the disk says no')),
    }
    const elsewhere = { ...repository, cacheDirectory: join(directory.path, 'another cache') }
    const reader = openTreeReader(elsewhere, { source: openTreeSource(elsewhere, failing) })
    expect((await reader.list(treeId, {})).name).toEqual(['notes.txt'])
    expect(reader.served).toBe('restic')
  })
})

requireTool('restic')('a reader that nobody asks for a while', () => {
  it('forgets what it knew, and opens anew when it is asked again', async () => {
    await using directory = temporaryDirectory()
    const { repository, treeId } = await makeRepository({ directory: directory.path })
    let opened = 0
    const local = localBackend(repository.access.url)
    const counting: Backend = {
      ...local,
      readConfig: (reading) => {
        opened += 1
        return local.readConfig(reading)
      },
    }
    const reader = openTreeReader(repository, { source: openTreeSource(repository, counting), idleMilliseconds: 300 })
    const first = await reader.list(treeId, {})
    expect(await reader.list(treeId, {})).toBe(first)
    await reader.nodes(treeId, {})
    expect(opened).toBe(1)
    await setTimeout(600)
    const second = await reader.list(treeId, {})
    expect(second).not.toBe(first)
    expect(second).toEqual(first)
    expect(opened).toBe(2)
  })
})

requireTool('restic')('all that is kept of a node', () => {
  it('equals what restic lists and finds, hard links, times and owners with it', async () => {
    await using directory = temporaryDirectory()
    const source = join(directory.path, 'source')
    mkdirSync(join(source, 'folder'), { recursive: true })
    writeFileSync(join(source, 'one'), 'content')
    linkSync(join(source, 'one'), join(source, 'other'))
    symlinkSync('one', join(source, 'link'))
    const { repository, treeId, snapshotId } = await makeRepository({ directory: directory.path, source })
    const nodes = await openTreeReader(repository).nodes(treeId, {})

    const [found] = JSON.parse(await runRestic(repository, ['find', '--json', '--snapshot', snapshotId, '*'])) as [
      { matches: Record<string, unknown>[] },
    ]
    expect(
      nodes.map((node) => ({
        path: `/${node.name}`,
        type: node.type,
        size: node.size === 0 ? undefined : node.size,
        mtime: node.modified,
        atime: node.accessed,
        ctime: node.changed,
        uid: node.uid,
        gid: node.gid,
        user: node.user === '' ? undefined : node.user,
        group: node.group === '' ? undefined : node.group,
        device_id: Number(node.deviceId),
        links: node.links === 0 ? undefined : Number(node.links),
        linktarget: node.linkTarget ?? undefined,
      })),
    ).toEqual(
      found.matches.map((match) => ({
        ...Object.fromEntries(
          ['path', 'type', 'size', 'mtime', 'atime', 'ctime', 'uid', 'gid', 'user', 'group', 'device_id', 'links'].map(
            (key) => [key, match[key]],
          ),
        ),
        linktarget: match['linktarget'],
      })),
    )
    const lines = (await runRestic(repository, ['ls', '--json', snapshotId])).trim().split('\n')
    const inodes = lines.map((line) => JSON.parse(line) as { inode?: number }).flatMap(({ inode }) => inode ?? [])
    expect(nodes.map(({ inode }) => Number(inode))).toEqual(inodes)
    expect(nodes.find(({ name }) => name === 'one')?.content).toEqual([
      createHash('sha256').update('content').digest('hex'),
    ])
  })
})
