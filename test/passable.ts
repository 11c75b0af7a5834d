import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'

const OTHERS_READ = 0o004
const OTHERS_PASS = 0o001

/**
 * Empty where a program without rights can be started with our Node and our code; else what keeps it out, for the end of a test's name: such
 * a test is not run, as root, from a folder that root alone may enter.
 */
export const KEPT_OUT =
  process.getuid?.() === 0 ? keptOut([process.execPath, join(import.meta.dirname, 'README.md')]) : ''

function keptOut(files: readonly string[]): string {
  const unread = files.find((file) => (statSync(file).mode & OTHERS_READ) === 0)
  const closed = files.flatMap(foldersAbove).find((folder) => (statSync(folder).mode & OTHERS_PASS) === 0)
  const place = unread ?? closed
  return place === undefined ? '' : ` (skipped: others may not pass ${place})`
}

function foldersAbove(path: string): readonly string[] {
  const folder = dirname(path)
  return folder === path ? [] : [folder, ...foldersAbove(folder)]
}
