import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ResticRepository } from '../../engine/restic/repository.ts'
import { repositoryAt, runRestic } from '../../test/restic.ts'

export interface LargeFolders {
  readonly repository: ResticRepository
  /** Names of the folders of a thousand entries, in the snapshot's root, in the order of the tree. */
  readonly thousands: readonly string[]
  /** Name of the folder of a hundred thousand, after them. */
  readonly hundredThousand: string
}

const THOUSANDS = 60
const DIRECTORY = join(import.meta.dirname, '..', '..', '.tools', 'bench', 'large-folders')

/** A repository of large folders, made by restic when it is not there yet: half a minute. */
export async function largeFolders(): Promise<LargeFolders> {
  const thousands = Array.from({ length: THOUSANDS }, (_, at) => `folder-${String(at).padStart(2, '0')}`)
  const hundredThousand = 'huge'
  const sizes: readonly (readonly [string, number])[] = [
    ...thousands.map((name) => [name, 1_000] as const),
    [hundredThousand, 100_000],
  ]
  if (!existsSync(DIRECTORY)) await make(sizes)
  return {
    repository: repositoryAt(DIRECTORY, { url: join(DIRECTORY, 'repository') }),
    thousands,
    hundredThousand,
  }
}

async function make(sizes: readonly (readonly [string, number])[]): Promise<void> {
  console.error('making the repository of large folders')
  const unfinished = `${DIRECTORY}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  const source = join(unfinished, 'source')
  for (const [folder, entries] of sizes) {
    mkdirSync(join(source, folder), { recursive: true })
    for (let at = 0; at < entries; at += 1) {
      const name = `${folder}-${String(at).padStart(6, '0')} report.${at % 3 === 0 ? 'txt' : 'json'}`
      writeFileSync(join(source, folder, name), at % 100 === 0 ? name : '')
    }
  }
  const repository = repositoryAt(unfinished, { url: join(unfinished, 'repository') })
  await runRestic(repository, ['init'])
  await runRestic(repository, ['backup', '--quiet', '--host', 'files', '.'], source)
  await rm(source, { recursive: true })
  await rename(unfinished, DIRECTORY)
}
