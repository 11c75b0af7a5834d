import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { Fault } from '../../contract/errors.ts'

const OTHERS = 0o077

/**
 * A file that nobody but its owner may read; undefined when there is none. Throws `conflict`
 * (`readable_by_others`) for one whose secret others may know already.
 */
export function readPrivateFile(path: string): Buffer | undefined {
  const file = openIfThere(path)
  if (file === undefined) return undefined
  try {
    // Of the file that was opened, so that it is not another one than is read. Windows has no such rights.
    const { mode, uid } = fstatSync(file)
    const isOurs = process.platform === 'win32' || ((mode & OTHERS) === 0 && (uid === process.getuid?.() || uid === 0))
    if (!isOurs) throw new Fault('conflict', { what: 'readable_by_others', detail: path })
    return readFileSync(file)
  } finally {
    closeSync(file)
  }
}

/**
 * Put `bytes` in the file at `path`, readable by its owner alone. The file is replaced whole or not at all, also when
 * the power fails.
 */
export function replacePrivateFile(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.new`
  try {
    const file = openSync(temporary, 'wx', 0o600)
    try {
      writeSync(file, bytes)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  syncDirectory(dirname(path))
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Windows cannot open a directory; its rename is durable by itself. */
function syncDirectory(path: string): void {
  if (process.platform === 'win32') return
  const directory = openSync(path, 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}
