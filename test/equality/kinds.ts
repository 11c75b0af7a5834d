import { join } from 'node:path'
import type { ResticRepository } from '../../engine/restic/repository.ts'
import { cheapenKey } from '../cheap-key.ts'
import { repositoryAt, runRestic, writeFiles } from '../restic.ts'
import { copyTemplate } from '../template-copy.ts'
import { makeHistory } from './history.ts'
import { dumpAll, findAll, type Witnessed, witness } from './witness.ts'

/** A kind of repository, made by restic in all that restic has been over the years. */
export interface Kind {
  readonly name: string
  /** What opens it besides the password of every test's repository. */
  readonly passwords: readonly string[]
  make(repository: ResticRepository, source: string): Promise<void>
}

/** A repository, and what restic itself says of it. */
export interface Made {
  readonly repository: ResticRepository
  readonly snapshots: readonly Witnessed[]
  /** What the files of some snapshots hold, by path, by the snapshot's tree. */
  readonly dumps: ReadonlyMap<string, (path: Uint8Array) => Buffer>
  /** Paths found of the patterns, by snapshot. */
  readonly found: ReadonlyMap<string, ReadonlySet<string>>
}

const SECOND_PASSWORD = 'another one'

export const KINDS: readonly Kind[] = [
  {
    name: 'of format 2, with twenty snapshots',
    passwords: [],
    async make(repository, source) {
      await copyTemplate(repository.access.url)
      await makeHistory(repository, source, { days: 20 })
    },
  },
  {
    name: 'of format 1',
    passwords: [],
    async make(repository, source) {
      await initFormat1(repository)
      await makeHistory(repository, source, { days: 4 })
    },
  },
  {
    name: 'brought to format 2, packed in every way, with two keys',
    passwords: [SECOND_PASSWORD],
    async make(repository, source) {
      await initFormat1(repository)
      await makeHistory(repository, source, {
        days: 7,
        more: (day) => (day < 2 ? [] : ['--compression', ['auto', 'off', 'max'][day % 3] ?? '']),
        async before(day) {
          if (day === 2) await runRestic(repository, ['migrate', 'upgrade_repo_v2', '--quiet'])
        },
      })
      await writeFiles(join(source, '..'), { 'second-password': SECOND_PASSWORD })
      await runRestic(repository, ['key', 'add', '--new-password-file', join(source, '..', 'second-password')])
    },
  },
]

/** Make a repository of a kind below a folder, and ask restic all there is to know of it. */
export async function makeKind(kind: Kind, directory: string, patterns: readonly string[]): Promise<Made> {
  const repository = repositoryAt(directory, { url: join(directory, 'repository') })
  await kind.make(repository, join(directory, 'source'))
  const snapshots = await witness(repository)
  const matches = await findAll(repository, patterns)
  const found = snapshots.map(({ id }) => [id, new Set(matches.get(id)?.map(({ path }) => String(path)))] as const)
  const dumps = new Map<string, (path: Uint8Array) => Buffer>()
  for (const { id, treeId } of snapshots.filter((_, at) => at === 0 || at === snapshots.length - 1 || at % 7 === 3)) {
    dumps.set(treeId, await dumpAll(repository, id, join(directory, id)))
  }
  return { repository, snapshots, found: new Map(found), dumps }
}

async function initFormat1(repository: ResticRepository): Promise<void> {
  await runRestic(repository, ['init', '--quiet', '--repository-version', '1'])
  await cheapenKey(repository.access.url, repository.access.password)
}
