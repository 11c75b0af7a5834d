import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { HOSTILE_NAMES } from '../../test/hostile-names.ts'
import { makeRepository, requireTool } from '../../test/restic.ts'
import { backUpPaths, planAndRestore, type RestoreToTry } from '../../test/restore.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../../test/temporary-directory.ts'
import { fileNameFromBytes } from '../file-name.ts'
import { PATTERN_ENVIRONMENT, patternLine } from '../restic/patterns.ts'

const NAMES = HOSTILE_NAMES.map((name) => fileNameFromBytes(name))
const EVEN = NAMES.filter((_, index) => index % 2 === 0)

/** Names of files and folders to select, and to leave out again; `folders/NAME` holds `f`, `f*` and `fx`. */
const SHAPES: Readonly<Record<string, Pick<RestoreToTry, 'include' | 'exclude'>>> = {
  'half of the files': { include: EVEN.map((name) => `/files/${name}`) },
  'half of the folders': { include: EVEN.map((name) => `/folders/${name}`) },
  'all but half of the files': { include: ['/files'], exclude: EVEN.map((name) => `/files/${name}`) },
  'folders but for a file of each': { include: ['/folders'], exclude: NAMES.map((name) => `/folders/${name}/f*`) },
  'a file of each folder, scattered': { include: NAMES.map((name) => `/folders/${name}/f*`) },
}

/** How restic is told of them. */
const WAYS = [
  { way: 'patterns', excerptFrom: Number.POSITIVE_INFINITY },
  { way: 'an excerpt', excerptFrom: 0 },
]
const CASES = WAYS.flatMap((way) => Object.keys(SHAPES).map((shape) => ({ ...way, shape })))

requireTool('restic')('hostile names, however they are selected', () => {
  let directory: TemporaryDirectory
  let wanted: Pick<RestoreToTry, 'repository' | 'snapshotId' | 'treeId'>
  const host = () => join(directory.path, 'host')
  beforeAll(async () => {
    directory = temporaryDirectory()
    writeHostile(host())
    const { repository } = await makeRepository({ directory: directory.path })
    wanted = { repository, ...(await backUpPaths(repository, [host()])) }
  })
  afterAll(() => directory[Symbol.asyncDispose]())

  it.each(CASES)('come as restic brings the same paths: $shape by $way, into a fresh folder', async (one) => {
    const { shape, way, excerptFrom } = one
    const selection = onHost(shape)
    const targetPath = join(directory.path, `fresh ${shape} ${way}`)
    const { outcome, ledger, prepared } = await planAndRestore({ ...wanted, ...selection, targetPath, excerptFrom })
    expect(prepared.passes.map(({ byExcerpt }) => byExcerpt)).toEqual([way === 'an excerpt'])
    expect(outcome).toMatchObject({ state: 'succeeded', exceptions: [], others: [] })
    const found = pathsBelow(targetPath)
    expect(found).toEqual([...ledger.keys()].sort())
    const include = [...ledger.values()].filter(({ path }) => selects(selection, path)).map(({ path }) => path)
    expect(found).toEqual(byRestic(`${shape} ${way}`, include))
  })

  it.each(CASES)('come back in place, and nothing else does: $shape by $way', async ({ shape, excerptFrom }) => {
    const selection = onHost(shape)
    rmSync(host(), { recursive: true })
    const { outcome, ledger } = await planAndRestore({ ...wanted, ...selection, targetPath: null, excerptFrom })
    expect(outcome).toMatchObject({ state: 'succeeded', exceptions: [], others: [] })
    expect(['', ...pathsBelow(host())].map((path) => `${host()}${path}`)).toEqual([...ledger.keys()].sort())
  })

  it('come without the folders above them', async () => {
    const { include } = onHost('half of the files')
    const targetPath = join(directory.path, 'alone')
    const manner = { layout: 'selected-only' } as const
    const { outcome } = await planAndRestore({ ...wanted, include, manner, targetPath })
    expect(outcome).toMatchObject({ state: 'succeeded', exceptions: [], others: [] })
    expect(pathsBelow(targetPath)).toEqual(EVEN.map((name) => `/${name}`).sort())
  })

  function onHost(shape: string): Required<Pick<RestoreToTry, 'include' | 'exclude'>> {
    const { include = [], exclude = [] } = SHAPES[shape] ?? {}
    return { include: include.map((path) => `${host()}${path}`), exclude: exclude.map((path) => `${host()}${path}`) }
  }

  /** What a restic that is given each selected path by itself leaves behind. */
  function byRestic(name: string, paths: readonly string[]): string[] {
    const target = join(directory.path, `restic ${name}`)
    const file = join(directory.path, 'patterns')
    writeFileSync(file, Buffer.concat(paths.map(patternLine)))
    const { restic, access, cacheDirectory } = wanted.repository
    const env = {
      ...PATTERN_ENVIRONMENT,
      RESTIC_REPOSITORY: access.url,
      RESTIC_PASSWORD: access.password,
      RESTIC_CACHE_DIR: cacheDirectory,
    }
    const args = ['restore', wanted.snapshotId, '--quiet', '--target', target, '--include-file', file]
    execFileSync(restic.path, args, { env })
    return pathsBelow(target)
  }
})

function selects({ include = [], exclude = [] }: Pick<RestoreToTry, 'include' | 'exclude'>, path: string): boolean {
  const isBelow = (top: string): boolean => path === top || path.startsWith(`${top}/`)
  return include.some(isBelow) && !exclude.some((out) => isBelow(out) || out.startsWith(`${path}/`))
}

function writeHostile(root: string): void {
  for (const name of HOSTILE_NAMES) {
    const folder = Buffer.concat([Buffer.from(`${root}/folders/`), name])
    mkdirSync(folder, { recursive: true })
    mkdirSync(join(root, 'files'), { recursive: true })
    writeFileSync(Buffer.concat([Buffer.from(`${root}/files/`), name]), name)
    for (const file of ['/f', '/f*', '/fx']) writeFileSync(Buffer.concat([folder, Buffer.from(file)]), name)
  }
}

function pathsBelow(root: string): string[] {
  const paths: string[] = []
  const visit = (folder: Buffer, shown: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true, encoding: 'buffer' })) {
      const path = `${shown}/${fileNameFromBytes(entry.name)}`
      paths.push(path)
      if (entry.isDirectory()) visit(Buffer.concat([folder, Buffer.from('/'), entry.name]), path)
    }
  }
  visit(Buffer.from(root), '')
  return paths.sort()
}
