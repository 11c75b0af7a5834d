import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { cheapenKey } from '../test/cheap-key.ts'
import { backUp, makeRepository, writeFiles } from '../test/restic.ts'
import type { RepositoryAnswers } from './pages/repositories.ts'

type Files = Readonly<Record<string, string | Uint8Array>>

/** What a night's backup finds: files that were written since the one before, and what was removed. */
interface Night {
  readonly written: Files
  readonly removed?: readonly string[]
}

export interface Story {
  /** What an operator types to add its repository. */
  readonly answers: Required<Pick<RepositoryAnswers, 'url' | 'password' | 'name'>>
}

/** What the settings held in the first, the second and the last night; in the third they were gone. */
export const SETTINGS = ['colour = red\n', 'colour = blue\nwidth = 80\n', 'colour = green\n'] as const

const NIGHTS: readonly Night[] = [
  {
    written: {
      'etc/app/settings.conf': SETTINGS[0],
      'etc/app/limits.conf': 'files = 100\n',
      'home/olivia/project/plan.txt': 'the first plan\n',
      'home/olivia/project/data.bin': Buffer.alloc(2_000_000, 'data'),
      'var/log/app.log': 'started\n',
      'var/log/app.log.1': 'started the week before\n',
    },
  },
  { written: { 'etc/app/settings.conf': SETTINGS[1], 'home/olivia/project/notes.txt': 'something to remember\n' } },
  { written: { 'var/log/app.log': 'started\nstopped\n' }, removed: ['etc/app/settings.conf', 'home/olivia/project'] },
  { written: { 'etc/app/settings.conf': SETTINGS[2], 'home/olivia/project/plan.txt': 'the second plan\n' } },
]

/** A repository of four nights of one machine, in a folder of this computer; `more` is there from the first night on. */
export async function tellStory(directory: string, password: string, more: Files = {}): Promise<Story> {
  const url = join(directory, 'repository')
  const source = join(directory, 'source')
  const [first, ...others] = NIGHTS
  await writeFiles(source, { ...first?.written, ...more })
  const made = await makeRepository({ directory, source, access: { url, password } })
  await cheapenKey(url, password)
  for (const { written, removed = [] } of others) {
    for (const path of removed) await rm(join(source, path), { recursive: true })
    await writeFiles(source, written)
    await backUp(made.repository, source)
  }
  return { answers: { url, password, name: 'web' } }
}
