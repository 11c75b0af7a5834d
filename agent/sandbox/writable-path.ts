import { posix } from 'node:path'
import { Fault } from '../../contract/errors.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'

const CONTROL = /\p{Cc}/u

/**
 * The property that makes one path writable in a unit, as systemd-run takes it. `path` is full and without detours, in the
 * text of file names. Throws `conflict` (`path_not_confinable`) for one that systemd cannot be told: it takes text alone,
 * no bytes that are none and no line ends.
 */
export function writablePath(path: string): string {
  const isPlain = posix.isAbsolute(path) && posix.resolve(path) === path
  if (!isPlain || !path.isWellFormed() || CONTROL.test(path)) {
    throw new Fault('conflict', { what: 'path_not_confinable', detail: showFileName(path) })
  }
  return `ReadWritePaths="${path.replaceAll(/["\\]/g, '\\$&')}"`
}
