import { chmodSync, lstatSync, mkdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { putBackFolders } from './folder-metadata.ts'

test('folders get back mode and time, those within others first, and what is no folder any more is left', async () => {
  await using directory = temporaryDirectory()
  const paths = ['a', 'a/b', 'a/b/c', 'gone', 'link'].map((name) => join(directory.path, name))
  for (const path of paths) mkdirSync(path, { recursive: true })
  const folders = paths.map((path, at) => {
    utimesSync(path, 1000, 1_600_000_000.25 + at)
    const { mode, uid, gid, mtimeMs: modifiedMs } = lstatSync(path)
    return { path, mode: mode & 0o7777, uid, gid, modifiedMs }
  })
  for (const path of paths) chmodSync(path, 0o700)
  const [, , , gone = '', link = ''] = paths
  for (const path of [gone, link]) rmSync(path, { recursive: true })
  symlinkSync(join(directory.path, 'a'), link)
  expect(await putBackFolders(folders)).toEqual([])
  for (const { path, mode, modifiedMs } of folders.slice(0, 3)) {
    const found = lstatSync(path)
    expect([found.mode & 0o7777, found.mtimeMs]).toEqual([mode, modifiedMs])
  }
  expect(lstatSync(link).isSymbolicLink()).toBe(true)
})
