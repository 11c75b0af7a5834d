import { chmodSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { directoryState } from '../test/directory-state.ts'
import { repositoryAt, runRestic, writeFiles } from '../test/restic.ts'
import { cheapenKey } from '../test/cheap-key.ts'
import type { RepositoryAnswers } from './pages/repositories.ts'

export interface OriginalPlace {
  /** What an operator types to add its repository. */
  readonly answers: Required<Pick<RepositoryAnswers, 'url' | 'password' | 'name'>>
  /** The folder that was backed up where it is. */
  readonly folder: string
  /** Each part of its path, to be opened one after the other in the tree. */
  readonly parts: readonly string[]
  /** What it held when it was backed up. */
  readonly backedUp: readonly string[]
  /** What it holds now. */
  now(): string[]
}

const FILES = {
  'app.conf': 'colour = red\n',
  'data/first.bin': Buffer.alloc(300_000, 'first'),
  'data/second.bin': Buffer.alloc(200_000, 'second'),
  'data/deep/third.txt': 'third\n',
  'logs/app.log': 'started\n',
  'run.sh': '#!/bin/sh\necho run\n',
} as const

/**
 * A folder of this computer that is backed up under its own path, and that people went on to work in: a file was changed,
 * one lost, one made, and a mode changed.
 */
export async function workedIn(directory: string, password: string): Promise<OriginalPlace> {
  const folder = join(directory, 'srv', 'app')
  await writeFiles(folder, FILES)
  chmodSync(join(folder, 'run.sh'), 0o755)
  const url = join(directory, 'repository')
  const repository = repositoryAt(directory, { url, password })
  await runRestic(repository, ['init'])
  await cheapenKey(url, password)
  await runRestic(repository, ['backup', '--quiet', folder])
  const backedUp = directoryState(folder)
  writeFileSync(join(folder, 'app.conf'), 'colour = blue\n')
  rmSync(join(folder, 'data/second.bin'))
  writeFileSync(join(folder, 'data/new.txt'), 'made since\n')
  chmodSync(join(folder, 'run.sh'), 0o700)
  // Work of an hour ago, so that no time of it is the time of the test.
  utimesSync(join(folder, 'app.conf'), Date.now() / 1000 - 3600, Date.now() / 1000 - 3600)
  return {
    answers: { url, password, name: 'srv' },
    folder,
    parts: folder.split('/').filter((part) => part !== ''),
    backedUp,
    now: () => directoryState(folder),
  }
}
