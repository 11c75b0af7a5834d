import { execFile, execFileSync } from 'node:child_process'
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { ResticRepository } from '../engine/restic/repository.ts'
import type { Restic } from '../engine/restic/restic.ts'
import { copyTemplate, TEMPLATE_PASSWORD } from './template-copy.ts'
import { findTool } from './tools.ts'

export { requireTool } from './tools.ts'

/** The real restic that the tests run: the project's own, else the one in PATH. */
export function restic(): Restic {
  const path = findTool('restic')
  if (path === undefined) throw new Error('restic is not found: run the set-up')
  const version = /restic (\S+)/.exec(execFileSync(path, ['version'], { encoding: 'utf8' }))?.[1]
  if (version === undefined) throw new Error(`${path} does not say which version it is`)
  return { path, version }
}

/** A repository that need not exist yet, as the engine takes it; its cache is below `directory`. */
export function repositoryAt(
  directory: string,
  access: {
    readonly url: string
    readonly password?: string
    readonly username?: string
    readonly serverPassword?: string
  },
): ResticRepository {
  return {
    restic: restic(),
    access: { username: '', serverPassword: '', password: TEMPLATE_PASSWORD, ...access },
    cacheDirectory: join(directory, 'cache'),
    mark: {},
  }
}

export interface MadeRepository {
  readonly repository: ResticRepository
  readonly snapshotId: string
  /** The listing of the snapshot's root, which holds `files` directly. */
  readonly treeId: string
  /** The folder that was backed up. */
  readonly source: string
}

export interface RepositoryToMake {
  /** Everything is made below it: `source`, `repository`, `cache`. */
  readonly directory: string
  /**
   * Contents by relative path, written to the source first; one small file unless given. Names that are not UTF-8:
   * write them yourself and give `source`.
   */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  /** A folder that is there already, to back up besides or in place of `files`. */
  readonly source?: string
  /** Where restic is to put it; a folder below `directory` unless given. */
  readonly access?: Parameters<typeof repositoryAt>[1]
}

/** Make a fresh repository, whose key opens at once if it is local, and back up one folder to it with the real restic. */
export async function makeRepository(options: RepositoryToMake): Promise<MadeRepository> {
  const source = options.source ?? join(options.directory, 'source')
  // restic refuses to save a snapshot with nothing in it.
  await writeFiles(source, options.files ?? (options.source === undefined ? { 'notes.txt': 'kept\n' } : {}))
  const access = options.access ?? { url: join(options.directory, 'repository') }
  const repository = repositoryAt(options.directory, access)
  const copied = canBeTemplate(repository) && (await copyTemplate(access.url))
  if (!copied) await runRestic(repository, ['init'])
  return { repository, source, ...(await backUp(repository, source)) }
}

function canBeTemplate({ access }: ResticRepository): boolean {
  return !access.url.includes(':') && access.password === TEMPLATE_PASSWORD
}

/** Back up all that a folder holds; the folder's entries are the snapshot's root. */
export async function backUp(
  repository: ResticRepository,
  source: string,
  more: readonly string[] = [],
): Promise<{ readonly snapshotId: string; readonly treeId: string }> {
  const output = await runRestic(repository, ['backup', '--json', '--quiet', ...more, '.'], source)
  const summary: unknown = JSON.parse(output.trim().split('\n').at(-1) ?? '')
  const snapshotId = (summary as { readonly snapshot_id: string }).snapshot_id
  const snapshot: unknown = JSON.parse(await runRestic(repository, ['cat', 'snapshot', snapshotId]))
  return { snapshotId, treeId: (snapshot as { readonly tree: string }).tree }
}

/** Run restic beside the engine, as an independent witness; answers its standard output and throws unless it exits 0. */
export async function runRestic(repository: ResticRepository, args: readonly string[], cwd?: string): Promise<string> {
  return (await runResticForBytes(repository, args, cwd)).toString()
}

/** The same for what is not text. */
export async function runResticForBytes(
  repository: ResticRepository,
  args: readonly string[],
  cwd?: string,
): Promise<Buffer> {
  const { access } = repository
  const { stdout } = await promisify(execFile)(repository.restic.path, ['--repo', access.url, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    encoding: 'buffer',
    maxBuffer: 256 * 2 ** 20,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '/',
      RESTIC_PASSWORD: access.password,
      RESTIC_REST_USERNAME: access.username,
      RESTIC_REST_PASSWORD: access.serverPassword,
      RESTIC_CACHE_DIR: repository.cacheDirectory,
    },
  })
  return stdout
}

/** The same repository in a folder of its own, to be changed or damaged, without a cache. */
export async function copyRepository(made: MadeRepository, directory: string): Promise<MadeRepository> {
  const url = join(directory, 'repository')
  await cp(made.repository.access.url, url, { recursive: true })
  return { ...made, repository: repositoryAt(directory, { ...made.repository.access, url }) }
}

/** Whoever needs restic to read it finds none: what is read of it, our own reader has read. */
export function withoutRestic(repository: ResticRepository): ResticRepository {
  return { ...repository, restic: { ...repository.restic, path: '/nonexistent/restic' } }
}

/** Write files by relative path, making the folders on the way. */
export async function writeFiles(
  directory: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  await mkdir(directory, { recursive: true })
  for (const [path, content] of Object.entries(files)) {
    const file = join(directory, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  }
}
