import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
} from 'node:fs'
import { join } from 'node:path'
import type { ResticRepository } from '../../engine/restic/repository.ts'
import { noise } from '../noise.ts'
import { runRestic, writeFiles } from '../restic.ts'
import { writeOddFiles } from './odd-files.ts'

const FILES = Object.fromEntries(
  Array.from({ length: 60 }, (_, at) => [`srv/team-${at % 6}/project-${at % 20}/file-${at}.txt`, `file ${at}\n`]),
)

/** One day's changes. Every fourth day nothing changes. */
const CHANGES: readonly ((source: string, day: number) => Promise<void> | void)[] = [
  (source, day) => {
    renameSync(join(source, `srv/team-${day % 6}`), join(source, `srv/moved-on-${day}`))
    return writeFiles(source, { [`srv/team-${day % 6}/project-0/file-0.txt`]: `anew on day ${day}` })
  },
  async (source, day) => {
    await writeFiles(source, { 'var/log/daily.log': 'a line of the day\n'.repeat(day * 1000) })
    for (const name of [`trail`, 'new\nline', 'back\\slash'])
      rmSync(join(source, 'odd/folders', name), { recursive: true, force: true })
    const link = join(source, 'odd/links/two')
    if (existsSync(link)) unlinkSync(link)
    else linkSync(join(source, 'odd/links/one'), link)
  },
  async (source, day) => {
    // What was a file becomes a folder, what was a folder a link, and the other way round.
    const place = join(source, 'srv/changing')
    rmSync(place, { recursive: true, force: true })
    if (day % 3 === 0) mkdirSync(place)
    if (day % 3 === 1) symlinkSync(`day ${day}`, place)
    if (day % 3 === 2) await writeFiles(source, { 'srv/changing': noise(day, 700_000) })
    chmodSync(join(source, 'odd/modes/644'), 0o600 + (day % 8))
    utimesSync(join(source, 'odd/C/Users'), day, day * 86_400)
  },
  () => undefined,
]

export interface HistoryOptions {
  readonly days: number
  /** What `restic backup` is told more on a day. */
  readonly more?: (day: number) => readonly string[]
  /** What is done before a day's backup. */
  readonly before?: (day: number) => Promise<void>
}

/** Back up a folder that changes from day to day: everything odd in it, renames, deletions, and days without a change. */
export async function makeHistory(
  repository: ResticRepository,
  source: string,
  options: HistoryOptions,
): Promise<void> {
  await writeFiles(source, { ...FILES, 'var/large': noise(7, 9 * 2 ** 20), 'var/empty': '' })
  await using _sockets = await writeOddFiles(join(source, 'odd'))
  for (let day = 0; day < options.days; day += 1) {
    if (day > 0) await CHANGES[day % CHANGES.length]?.(source, day)
    await options.before?.(day)
    const time = `2026-01-${String(day + 1).padStart(2, '0')} 10:00:00`
    // One of them holds whole paths, as most people's do.
    const target = day === 1 ? join(source, 'srv') : '.'
    await runRestic(repository, ['backup', '--quiet', '--time', time, ...(options.more?.(day) ?? []), target], source)
  }
}
