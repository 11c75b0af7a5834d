import { showFileName } from '../../contract/shapes/file-name.ts'
import type { RestoreManner } from '../../contract/shapes/restore.ts'
import type { ResticRepository } from '../restic/repository.ts'
import type { RestorePatterns } from '../restic/restore.ts'
import type { PlanItems } from './plan-items.ts'
import type { RestorePass } from './restore-pass.ts'
import type { TargetView } from './target-view.ts'

export interface CommandsQuestion {
  readonly repository: ResticRepository
  readonly manner: RestoreManner
  readonly view: TargetView
}

/** Names in one line are for a person to read. */
const NAMES = 20

/**
 * What a person would tell a restic on a command line for the same: its calls, and what we do besides. Names are shown, so
 * that one which is not UTF-8 is only alike; a long list of them is cut short.
 */
export function commandsOf(
  { repository, manner, view }: CommandsQuestion,
  passes: readonly RestorePass[],
  items: PlanItems,
): string[] {
  const commands = passes.map((pass) =>
    [
      'restic',
      '--repo',
      quoted(repository.access.url),
      'restore',
      quoted(pass.base === '/' ? pass.snapshotId : `${pass.snapshotId}:${showFileName(pass.base)}`),
      '--target',
      quoted(showFileName(view.absolute(pass.folder))),
      ...(pass.overwrite === 'always' ? [] : ['--overwrite', pass.overwrite]),
      '--sparse',
      ...(manner.readBack ? ['--verify'] : []),
      ...wordsFor(pass.patterns),
      ...(pass.isPrivate ? ['# to a folder of its own first'] : []),
    ].join(' '),
  )
  const { items: deleted } = items.totals().delete
  return deleted === 0 ? commands : [...commands, `# and ${deleted} deleted, one by one`]
}

function wordsFor(patterns: RestorePatterns): string[] {
  if (patterns.kind === 'everything') return []
  const words = patterns.paths
    .slice(0, NAMES)
    .map((path) => `--${patterns.kind}=${quoted(globbed(showFileName(path)))}`)
  const more = patterns.paths.length - NAMES
  return more > 0 ? [...words, `# and ${more} more`] : words
}

/** As restic's patterns spell a name that holds what they give a meaning to. */
function globbed(path: string): string {
  return path.replaceAll(/[*?[]/g, '[$&]')
}

/** For a shell, as it stands. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
