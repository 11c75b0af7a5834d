import { lstatSync } from 'node:fs'
import { directoryState } from './directory-state.ts'

/**
 * Everything below a folder and itself, one line each, with owner besides what `directoryState` has. Times of folders are
 * cut to the microsecond, which is as fine as they can be set.
 */
export function hostState(root: string): string[] {
  const own = lstatSync(root)
  const lines = directoryState(root).map((line) => {
    const path = Buffer.from(`${root}/${line.slice(0, pathEnd(line))}`, 'latin1')
    const { uid, gid } = lstatSync(path)
    return `${line.replace(/ (\d+)\.(\d{1,3})\d* /, ' $1.$2 ')} ${uid}:${gid}`
  })
  return [`. ${own.mode.toString(8)} ${Math.floor(own.mtimeMs * 1000)} ${own.uid}:${own.gid}`, ...lines]
}

/** Before the mode, the time, the size and, of a file or a link, what is in it. */
function pathEnd(line: string): number {
  return line.search(/ [0-7]{5,6} \d+(\.\d+)? \d+( |$)/)
}
