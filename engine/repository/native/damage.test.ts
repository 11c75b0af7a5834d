import { createHash } from 'node:crypto'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Fault } from '../../../contract/errors.ts'
import {
  backUp,
  copyRepository,
  type MadeRepository,
  makeRepository,
  requireTool,
  writeFiles,
} from '../../../test/restic.ts'
import { TEMPLATE_PASSWORD } from '../../../test/template-copy.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { readStoredNodes } from '../stored-node.ts'
import { probeRepository } from '../probe.ts'
import { openTreeReader } from '../tree-reader.ts'
import type { Backend } from './backend.ts'
import { localBackend } from './backends/local-backend.ts'
import { DamagedFile } from './damaged-file.ts'
import { openKey } from './keys.ts'
import { NativeRepository } from './native-repository.ts'

const directory = temporaryDirectory()
afterAll(() => directory[Symbol.asyncDispose]())

type Snapshot = Pick<MadeRepository, 'snapshotId' | 'treeId'>

function openLocal({ repository }: MadeRepository, { cached = false } = {}): Promise<NativeRepository> {
  const { access, cacheDirectory } = repository
  return NativeRepository.open(
    {
      backend: localBackend(access.url),
      password: access.password,
      cacheDirectory: cached ? cacheDirectory : join(cacheDirectory, 'none'),
    },
    {},
  )
}

/** What the files in the root of a snapshot hold, by name. */
async function readRoot(repository: NativeRepository, { treeId }: Snapshot): Promise<Record<string, string>> {
  const files: [string, string][] = []
  for (const { name, content } of readStoredNodes(treeId, await repository.readTree(treeId, {}))) {
    files.push([name, (await repository.readContents(content, { limit: 1000 })).toString()])
  }
  return Object.fromEntries(files)
}

async function filesOf(repositoryDirectory: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(repositoryDirectory, folder), { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

const HARM = {
  'a flipped bit': (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 24 ? byte ^ 1 : byte))),
  'its end cut off': (bytes: Buffer) => bytes.subarray(0, 28),
} as const

async function harm(file: string, how: keyof typeof HARM): Promise<void> {
  const bytes = await readFile(file)
  await rm(file)
  await writeFile(file, HARM[how](bytes))
}

requireTool('restic')('a damaged repository', () => {
  let made: MadeRepository
  let later: Snapshot
  /** The files that the second backup added: an index, a pack of trees and a pack of data. */
  let added: { readonly index: string; readonly trees: string; readonly data: string }

  beforeAll(async () => {
    made = await makeRepository({ directory: directory.path, files: { first: 'the first' } })
    const url = made.repository.access.url
    const before = new Set([...(await filesOf(url, 'index')), ...(await filesOf(url, 'data'))])
    await writeFiles(made.source, { second: 'the second' })
    later = await backUp(made.repository, made.source)
    const isNew = (file: string): boolean => !before.has(file)
    const [index = ''] = (await filesOf(url, 'index')).filter(isNew)
    const text = (await (await openLocal(made)).readIndex(basename(index), {})).toString()
    const packOf = (type: string): string => {
      const id = new RegExp(`"id":"(\\w{64})","blobs":\\[\\{"id":"\\w{64}","type":"${type}"`).exec(text)?.[1] ?? ''
      return join('data', id.slice(0, 2), id)
    }
    added = { index: join('index', basename(index)), trees: packOf('tree'), data: packOf('data') }
  })

  const nameOf = (file: string): string => `${file.split('/')[0]}/${basename(file)}`.replace(/^config.*/, 'config')

  describe.each(['a flipped bit', 'its end cut off'] as const)('by %s', (how) => {
    it.each(['index', 'trees', 'data'] as const)(
      'in the %s of a backup is told by name, and the rest is read',
      async (what) => {
        await using place = temporaryDirectory()
        const copy = await copyRepository(made, place.path)
        await harm(join(copy.repository.access.url, added[what]), how)
        const error = await openLocal(copy)
          .then((repository) => readRoot(repository, later))
          .catch((e: unknown) => e)
        expect(error).toBeInstanceOf(DamagedFile)
        expect(error).toMatchObject({ file: nameOf(added[what]) })
        expect(await readRoot(await openLocal(copy), made)).toEqual({ first: 'the first' })
        const reader = openTreeReader(copy.repository)
        const asked = reader.nodes(later.treeId, {}).then(async (nodes) => {
          for (const { content } of nodes) await reader.contents(content, { limit: 1000 })
        })
        await expect(asked).rejects.toMatchObject({ code: 'tool_failed' })
      },
    )

    it.each(['config', 'keys'])('in the %s is told by name', async (what) => {
      await using place = temporaryDirectory()
      const copy = await copyRepository(made, place.path)
      const url = copy.repository.access.url
      const [file = ''] = what === 'config' ? [join(url, 'config')] : await filesOf(url, what)
      await harm(file, how)
      const error = await openLocal(copy).catch((e: unknown) => e)
      expect(error).toBeInstanceOf(DamagedFile)
      expect(error).toMatchObject({ file: what === 'config' ? what : `keys/${basename(file)}` })
      await expect(openTreeReader(copy.repository).list(made.treeId, {})).rejects.toBeInstanceOf(Fault)
    })
  })

  it.each(['trees', 'data'] as const)('that lacks a pack of %s is read but for what was in it', async (what) => {
    await using place = temporaryDirectory()
    const copy = await copyRepository(made, place.path)
    await rm(join(copy.repository.access.url, added[what]))
    const repository = await openLocal(copy)
    await expect(readRoot(repository, later)).rejects.toMatchObject({
      code: 'not_found',
      data: { what: what === 'data' ? 'blob' : 'tree' },
    })
    expect(await readRoot(repository, made)).toEqual({ first: 'the first' })
  })

  it('is read where an index that is whole knows another place', async () => {
    await using place = temporaryDirectory()
    const copy = await copyRepository(made, place.path)
    const repository = await openLocal(copy)
    await harm(join(copy.repository.access.url, added.data), 'a flipped bit')
    await expect(readRoot(repository, later)).rejects.toBeInstanceOf(DamagedFile)
    // Whatever restic believes it has, it does not write again; without its index it believes nothing.
    const index = join(copy.repository.access.url, added.index)
    const bytes = await readFile(index)
    await rm(index)
    await backUp(copy.repository, made.source, ['--force'])
    await writeFile(index, bytes)
    expect(await readRoot(repository, later)).toEqual({ first: 'the first', second: 'the second' })
  })

  it('is read where only a copy in the cache is damaged', async () => {
    await using place = temporaryDirectory()
    const copy = await copyRepository(made, place.path)
    await openTreeReader(copy.repository, {}).list(later.treeId, {})
    await backUp(copy.repository, made.source)
    const copies = (await filesOf(copy.repository.cacheDirectory, '')).filter((file) => /^\w{64}$/.test(basename(file)))
    expect(copies.length).toBeGreaterThan(1)
    for (const file of copies) await harm(file, 'a flipped bit')
    const good = await readRoot(await openLocal(copy), later)
    expect(await readRoot(await openLocal(copy, { cached: true }), later)).toEqual(good)
  })

  /** Puts another key in the place of the one that is there, or beside it. */
  async function plantKey({ repository }: MadeRepository, change: object, { beside = false } = {}): Promise<string> {
    const [key = ''] = await filesOf(repository.access.url, 'keys')
    const file = JSON.parse(await readFile(key, 'utf8')) as object
    const planted = JSON.stringify({ ...file, ...change })
    if (!beside) await rm(key)
    const id = createHash('sha256').update(planted).digest('hex')
    await writeFile(join(dirname(key), id), planted)
    return id
  }

  it.each([
    ['memory', { N: 2 ** 20, r: 8, p: 1 }],
    ['memory, in its third parameter', { N: 2, r: 1, p: 2 ** 22 }],
    ['time', { N: 2 ** 15, r: 8, p: 65 }],
    ['more of both than numbers can say', { N: 2 ** 60, r: 2 ** 60, p: 2 ** 60 }],
  ])('is opened neither by us nor by restic with a key that takes too much %s', async (_, cost) => {
    await using place = temporaryDirectory()
    const copy = await copyRepository(made, place.path)
    const id = await plantKey(copy, cost)
    const [detail, refusal] = [expect.stringContaining(`keys/${id.slice(0, 8)}`), { code: 'conflict' }]
    const expected = { ...refusal, data: { what: 'key_excessive', detail } }
    await expect(openLocal(copy)).rejects.toMatchObject(expected)
    // There is no restic that could be asked.
    const repository = { ...copy.repository, restic: { path: '/nowhere/restic', version: '0.0.0' } }
    await expect(openTreeReader(repository).list(made.treeId, {})).rejects.toMatchObject(expected)
    await expect(probeRepository(repository, {})).rejects.toMatchObject(expected)
  })

  it.each([
    ['scrypt has no meaning for', { N: 3 * 2 ** 10 }],
    ['OpenSSL does not take', { N: 2 ** 17, r: 1, p: 1 }],
    ['are no numbers', { N: 'many' }],
  ])('is not readable by us with a key whose parameters %s', async (_, cost) => {
    await using place = temporaryDirectory()
    const copy = await copyRepository(made, place.path)
    await plantKey(copy, cost)
    await expect(openLocal(copy)).rejects.toMatchObject({ name: 'NotReadable' })
  })

  it('is opened with the key that fits, whatever lies beside it; one of enormous length is none', async () => {
    await using place = temporaryDirectory()
    const copy = await copyRepository(made, place.path)
    await plantKey(copy, { N: 2 ** 20, r: 64, p: 64 }, { beside: true })
    await plantKey(copy, { N: 1000 }, { beside: true })
    const long = await plantKey(copy, { salt: 'A'.repeat(70_000) }, { beside: true })
    expect(await readRoot(await openLocal(copy), made)).toEqual({ first: 'the first' })
    const url = copy.repository.access.url
    for (const file of await filesOf(url, 'keys')) if (basename(file) !== long) await rm(file)
    await expect(openLocal(copy)).rejects.toMatchObject({ name: 'DamagedFile', file: `keys/${long}` })
  })

  it('is opened with a key among the first twenty, as by restic', async () => {
    await using place = temporaryDirectory()
    const copy = await copyRepository(made, place.path)
    const backend = localBackend(copy.repository.access.url)
    const fits = await backend.list('keys', {})
    const others = Array.from({ length: 20 }, (_, at) => `${at}`.padStart(64, '0'))
    const asked: string[] = []
    const open = (ids: readonly string[]): Promise<unknown> => {
      const read: Backend['read'] = (folder, id, reading) => {
        asked.push(id)
        return backend.read(folder, id, reading)
      }
      return openKey({ ...backend, read, list: () => Promise.resolve([...ids]) }, TEMPLATE_PASSWORD, {})
    }
    expect(await open([...others.slice(1), ...fits])).toMatchObject({ encrypt: expect.any(Buffer) })
    asked.length = 0
    await expect(open([...others, ...fits])).rejects.toThrow()
    expect(asked).toHaveLength(20)
  })

  it('opens with a whole key where another is damaged', async () => {
    await using place = temporaryDirectory()
    const copy = await copyRepository(made, place.path)
    await writeFile(join(copy.repository.access.url, 'keys', '0'.repeat(64)), '{}')
    expect(await readRoot(await openLocal(copy), made)).toEqual({ first: 'the first' })
  })
})
