import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import { backup } from '../restic/backup.ts'
import { initialise } from '../restic/init.ts'
import type { ResticRepository } from '../restic/repository.ts'
import { type Chapter, chapters } from './sample/chapters.ts'
import { type Scene, stage } from './sample/scene.ts'

export interface SampleOptions {
  /** A folder that need not exist, for the files to be backed up; it is removed again. Snapshots name it in their paths. */
  readonly directory: string
  /** The end of the story: its snapshots lie in the six weeks before. */
  readonly now?: Date
  readonly signal?: AbortSignal
  /** Sentences for people. */
  readonly onLog: (text: string) => void
  /** In files backed up, over all snapshots. */
  readonly onProgress: (done: number, total: number) => void
}

/**
 * Create the repository and fill it with something worth looking at: two small servers over six weeks, with edits,
 * deletions, a renaming, a program, odd file names, links and a large folder. Throws `cancelled`, what `initialise`
 * throws, and the file system's own errors; what is there by then is left to the caller.
 */
export async function createSample(repository: ResticRepository, options: SampleOptions): Promise<void> {
  const { directory, signal, onLog, onProgress } = options
  const story = chapters(options.now ?? new Date())
  const total = story.reduce((sum, chapter) => sum + chapter.scene.size, 0)
  onLog('Creating the sample repository.')
  onProgress(0, total)
  await initialise(repository, signal ? { signal } : {})
  try {
    const scenes = new Map<string, Scene>()
    let done = 0
    for (const chapter of story) {
      if (signal?.aborted) throw new Fault('cancelled', {})
      await play(repository, { chapter, before: scenes.get(chapter.hostname) ?? new Map(), options })
      scenes.set(chapter.hostname, chapter.scene)
      done += chapter.scene.size
      onProgress(done, total)
    }
    onLog(`The sample repository holds ${story.length} snapshots.`)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

interface Play {
  readonly chapter: Chapter
  readonly before: Scene
  readonly options: SampleOptions
}

async function play(repository: ResticRepository, { chapter, before, options }: Play): Promise<void> {
  const { directory, signal, onLog } = options
  const { time, hostname, tags, scene, story } = chapter
  const root = join(directory, hostname)
  onLog(`${time.toISOString().slice(0, 10)}: ${story}.`)
  await mkdir(root, { recursive: true, mode: 0o700 })
  for (const name of await stage({ root, from: before, to: scene, moment: time })) {
    onLog(`Left out, this file system cannot hold the name: ${showFileName(name)}`)
  }
  const paths = [...new Set([...scene.keys()].map((path) => path.split('/')[0] ?? path))]
  await backup(repository, { paths, cwd: root, time, hostname, tags, ...(signal ? { signal } : {}) })
}
