import { t } from '@lingui/core/macro'
import { type BackupSet, backupSetSchema } from '../../../contract/shapes/repository.ts'

/** What a backup takes, as typed: a path or a pattern on each line. */
export interface BackupLines {
  readonly paths: string
  readonly exclude: string
}

/** The lines for what a backup takes now; empty while nobody said. */
export function linesOf(backup: BackupSet | null): BackupLines {
  return {
    paths: (backup?.paths ?? []).join('\n'),
    exclude: (backup?.exclude ?? []).join('\n'),
  }
}

/** What the lines say, or what is wrong with them in a sentence. */
export function readBackupLines({ paths, exclude }: BackupLines): { backup: BackupSet } | { problem: string } {
  const read = backupSetSchema.safeParse({ paths: linesIn(paths), exclude: linesIn(exclude) })
  if (read.success) return { backup: read.data }
  const [issue] = read.error.issues
  const [list, at] = issue?.path ?? []
  if (list !== 'paths') return { problem: t`This cannot be used.` }
  const line = typeof at === 'number' ? linesIn(paths)[at] : undefined
  if (line !== undefined) return { problem: t`“${line}”: A path begins with "/".` }
  return { problem: issue?.code === 'too_small' ? t`Say what to back up.` : t`This cannot be used.` }
}

function linesIn(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
