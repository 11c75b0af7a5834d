import { showFileName } from '../../contract/shapes/file-name.ts'
import type { BackupSet } from '../../contract/shapes/repository.ts'

const NAMED = 3

/** What a backup takes in words, for the audit: the first of it and how many more. */
export function describeBackup({ paths, exclude }: BackupSet): string {
  return exclude.length === 0 ? namesOf(paths) : `${namesOf(paths)}, without ${namesOf(exclude)}`
}

function namesOf(names: readonly string[]): string {
  const more = names.length - NAMED
  const named = names.slice(0, NAMED).map(showFileName).join(', ')
  return more > 0 ? `${named} and ${more} more` : named
}
