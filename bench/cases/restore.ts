import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { RestoreManner } from '../../contract/shapes/restore.ts'
import { openTreeReader } from '../../engine/repository/tree-reader.ts'
import { type PreparedRestore, planRestore } from '../../engine/restore/plan-restore.ts'
import { restoreFiles } from '../../engine/restore/restore-files.ts'
import { ledgerActionOf } from '../../engine/restore/settled-ledger.ts'
import { noise } from '../../test/noise.ts'
import { type MadeRepository, makeRepository, runRestic } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import type { BenchInput } from '../bench.ts'
import { type BenchLine, lineOf, timed } from '../measure.ts'
import { randomFrom } from '../repository/random.ts'

const MEBIBYTE = 2 ** 20

interface Sizes {
  /** Large files of 16 MiB. */
  readonly large: number
  readonly small: number
  /** Folders of ten files, of which some are selected one by one. */
  readonly folders: number
  readonly scattered: number
  readonly rounds: number
}

const SIZES: Readonly<Record<'quick' | 'full', Sizes>> = {
  quick: { large: 8, small: 2_000, folders: 1_500, scattered: 1_000, rounds: 3 },
  full: { large: 64, small: 10_000, folders: 30_000, scattered: 10_000, rounds: 7 },
}

/**
 * A whole run of ours against a bare `restic restore` of the same into a fresh folder, in turn. The plan is made before, as
 * a person sees it before; what is timed is restic, the look at every item, and the ledger in a database.
 */
export async function restore({ quick }: Pick<BenchInput, 'quick'>): Promise<readonly BenchLine[]> {
  const sizes = SIZES[quick ? 'quick' : 'full']
  await using directory = temporaryDirectory()
  const made = await makeRepository({ directory: directory.path, source: writeSource(directory.path, sizes) })
  const bench = new RestoreBench(made, directory.path, sizes.rounds)
  return [
    await bench.line(`${(sizes.large * 16) / 1024} GiB`, ['/large'], false),
    await bench.line(`${sizes.small} small files`, ['/small'], false),
    await bench.line(`${sizes.small} small files, read back`, ['/small'], true),
    await bench.line(`100 of ${sizes.folders * 10} files`, scattered(100, sizes), false),
    await bench.ours(`${sizes.scattered} of ${sizes.folders * 10} files`, scattered(sizes.scattered, sizes)),
  ]
}

class RestoreBench {
  readonly #made: MadeRepository
  readonly #directory: string
  readonly #rounds: number

  constructor(made: MadeRepository, directory: string, rounds: number) {
    this.#made = made
    this.#directory = directory
    this.#rounds = rounds
  }

  async line(name: string, include: readonly string[], readBack: boolean): Promise<BenchLine> {
    const ours: number[] = []
    const times: number[] = []
    for (let round = 0; round < this.#rounds; round += 1) {
      times.push(await this.#bare(include, readBack))
      ours.push(await this.#run(include, readBack))
    }
    const peer = { name: readBack ? 'restic restore --verify' : 'restic restore', times }
    return lineOf({ bench: 'restore', case: name, ours, peer })
  }

  /** Where a bare restic takes minutes. */
  async ours(name: string, include: readonly string[]): Promise<BenchLine> {
    return lineOf({ bench: 'restore', case: name, ours: [await this.#run(include, false)] })
  }

  async #bare(include: readonly string[], readBack: boolean): Promise<number> {
    const target = this.#fresh()
    const args = ['restore', this.#made.snapshotId, '--json', '--target', target, ...(readBack ? ['--verify'] : [])]
    return await timed(() =>
      runRestic(this.#made.repository, [...args, ...include.flatMap((path) => ['--include', path])]),
    )
  }

  async #run(include: readonly string[], readBack: boolean): Promise<number> {
    const path = this.#fresh()
    const manner: RestoreManner = {
      target: { kind: 'path', path },
      layout: 'full-path',
      conflicts: 'always',
      deleteExtra: false,
      readBack,
    }
    const { repository, snapshotId: id, treeId } = this.#made
    const target = { path, fresh: true, free: null }
    const selection = { include: [...include], exclude: [] }
    const sources = [{ snapshot: { id, treeId, time: '2026-01-05T10:00:00Z', paths: ['/'] }, selection }]
    const prepared = await planRestore({
      repository,
      reader: openTreeReader(repository),
      sources,
      manner,
      target,
      remove: [],
    })
    return await timed(async () => {
      const restoring = restoreFiles({ repository, prepared, target, manner, onEvent: () => undefined })
      this.#keepLedger(prepared)
      const { state } = await restoring
      if (state !== 'succeeded') throw new Error(`The restore of the bench ended ${state}.`)
    })
  }

  /** As the agent keeps it, while restic starts. */
  #keepLedger({ items }: PreparedRestore): void {
    const file = join(this.#directory, 'ledger.db')
    rmSync(file, { force: true })
    using database = new DatabaseSync(file)
    database.exec('CREATE TABLE item (at INTEGER PRIMARY KEY, path TEXT, action TEXT, size INTEGER, reason TEXT)')
    const insert = database.prepare("INSERT INTO item VALUES (?, ?, ?, ?, '')")
    database.exec('BEGIN')
    for (let at = 0; at < items.length; at += 1) {
      insert.run(at, JSON.stringify(items.path(at)), ledgerActionOf(items.action(at)), items.size(at))
    }
    database.exec('COMMIT')
  }

  #fresh(): string {
    const path = join(this.#directory, 'target')
    rmSync(path, { recursive: true, force: true })
    return path
  }
}

function writeSource(directory: string, { large, small, folders }: Sizes): string {
  const source = join(directory, 'source')
  for (const name of ['large', 'small', 'many']) mkdirSync(join(source, name), { recursive: true })
  for (let at = 0; at < large; at += 1) writeFileSync(join(source, 'large', `${at}`), noise(at, 16 * MEBIBYTE))
  for (let at = 0; at < small; at += 1) writeFileSync(join(source, 'small', `${at}`), `small file ${at}`)
  for (let folder = 0; folder < folders; folder += 1) {
    mkdirSync(join(source, folderOf(folder)), { recursive: true })
    for (let at = 0; at < 10; at += 1) writeFileSync(join(source, folderOf(folder), `${at}`), `${folder} ${at}`)
  }
  return source
}

function folderOf(folder: number): string {
  return `many/${Math.floor(folder / 1000)}/${Math.floor(folder / 20) % 50}/${folder % 20}`
}

function scattered(count: number, { folders }: Sizes): string[] {
  const random = randomFrom(count)
  const chosen = new Set<string>()
  while (chosen.size < count) chosen.add(`/${folderOf(random.below(folders))}/${random.below(10)}`)
  return [...chosen]
}
