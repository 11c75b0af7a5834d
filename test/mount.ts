import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Mount extends AsyncDisposable {
  readonly path: string
}

/** Whether this process may mount; root of a container often may not. */
export function mayMount(): boolean {
  if (process.geteuid?.() !== 0) return false
  const path = mkdtempSync(join(tmpdir(), 'restore-console-mount-'))
  const may = spawnSync('mount', ['-t', 'tmpfs', 'none', path]).status === 0
  if (may) execFileSync('umount', [path])
  rmdirSync(path)
  return may
}

/** A file system of its own of so many MiB, to be filled up. */
export function smallDisk(path: string, mebibytes: number): Mount {
  mkdirSync(path)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'none', path])
  return mounted(path)
}

/** The same folder once more, where nobody can write to it. */
export function readOnly(folder: string, path: string): Mount {
  mkdirSync(path)
  execFileSync('mount', ['--bind', folder, path])
  execFileSync('mount', ['-o', 'remount,ro,bind', path])
  return mounted(path)
}

function mounted(path: string): Mount {
  return { path, [Symbol.asyncDispose]: async () => void execFileSync('umount', [path]) }
}
