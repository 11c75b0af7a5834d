import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LARGEST_FILE, onSmallDisk } from '../../test/small-disk.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { readOrMakePrivateFile, replacePrivateFile } from './private-file.ts'

const TOO_MUCH = LARGEST_FILE * 1024 + 5000

/** What becomes of it where the disk has no room for all of it. */
function triedOnSmallDisk(call: string): string {
  return onSmallDisk(`
    import * as files from ${JSON.stringify(join(import.meta.dirname, 'private-file.ts'))}
    const bytes = Buffer.alloc(${TOO_MUCH}, 'b')
    try {
      files.${call}
      console.log('done')
    } catch (error) {
      console.log(error.code)
    }`)
}

test('a file stays as it was where the disk has no room for all of what is to take its place', async () => {
  await using directory = temporaryDirectory()
  const path = join(directory.path, 'secrets.bin')
  replacePrivateFile(path, Buffer.from('as it was'))
  expect(triedOnSmallDisk(`replacePrivateFile(${JSON.stringify(path)}, bytes)`)).toBe('EFBIG')
  expect(readFileSync(path, 'utf8')).toBe('as it was')
  expect(readdirSync(directory.path)).toEqual(['secrets.bin'])
})

test('a file is not made where the disk has no room for all of it', async () => {
  await using directory = temporaryDirectory()
  const path = join(directory.path, 'secrets.key')
  expect(triedOnSmallDisk(`readOrMakePrivateFile(${JSON.stringify(path)}, () => bytes)`)).toBe('EFBIG')
  expect(readdirSync(directory.path)).toEqual([])
  expect(readOrMakePrivateFile(path, () => Buffer.from('made'))).toEqual(Buffer.from('made'))
})
