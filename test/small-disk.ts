import { execFileSync } from 'node:child_process'

/** Kibibytes at most that a file may have there. */
export const LARGEST_FILE = 32

/**
 * Run a module in a process of its own in which no file can be longer than 32 KiB: as on a disk that fills up, the write that
 * goes beyond that is cut short, and the next one fails. Gives what it prints.
 */
export function onSmallDisk(script: string): string {
  const blocks = LARGEST_FILE * 2
  const command = `ulimit -f ${blocks}; exec "$0" --input-type=module --eval "$1"`
  return execFileSync('/bin/sh', ['-c', command, process.execPath, script], { encoding: 'utf8' }).trim()
}
