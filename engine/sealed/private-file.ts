import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { Fault } from '../../contract/errors.ts'

const OTHERS = 0o077

/**
 * Make a folder that nobody but its owner may enter. Throws `conflict` (`open_to_others`) for one that others may: its
 * rights are not changed, because it may be no folder of ours.
 */
export function requirePrivateDirectory(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  if (!isPrivate(statSync(path))) throw new Fault('conflict', { what: 'open_to_others', detail: path })
}

/**
 * A file that nobody but its owner may read; undefined when there is none. Throws `conflict`
 * (`readable_by_others`) for one whose secret others may know already.
 */
export function readPrivateFile(path: string): Buffer | undefined {
  const file = openIfThere(path)
  if (file === undefined) return undefined
  try {
    // Of the file that was opened, so that it is not another one than is read.
    if (!isPrivate(fstatSync(file))) throw new Fault('conflict', { what: 'readable_by_others', detail: path })
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
  putInPlace(path, bytes, (temporary) => renameSync(temporary, path))
}

/**
 * The file at `path`; where there is none, made with `bytes`, whole or not at all. Of two who make it at once one does,
 * and both are given what it wrote. Throws as `readPrivateFile` does.
 */
export function readOrMakePrivateFile(path: string, bytes: () => Uint8Array): Uint8Array {
  const known = readPrivateFile(path)
  if (known !== undefined) return known
  putInPlace(path, bytes(), (temporary) => {
    linkUnlessThere(temporary, path)
    rmSync(temporary)
  })
  return readPrivateFile(path) ?? readOrMakePrivateFile(path, bytes)
}

function putInPlace(path: string, bytes: Uint8Array, place: (temporary: string) => void): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.new`
  try {
    const file = openSync(temporary, 'wx', 0o600)
    try {
      // Not writeSync, which on a disk that fills up writes some of it and is content.
      writeFileSync(file, bytes)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    place(temporary)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  syncDirectory(dirname(path))
}

/** A rename would take the place of what another has just made. */
function linkUnlessThere(temporary: string, path: string): void {
  try {
    linkSync(temporary, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

/** Windows has no such rights. */
function isPrivate({ mode, uid }: { readonly mode: number; readonly uid: number }): boolean {
  return process.platform === 'win32' || ((mode & OTHERS) === 0 && (uid === process.getuid?.() || uid === 0))
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
