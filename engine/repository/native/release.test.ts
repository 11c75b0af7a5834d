import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { release } from './release.ts'

test('a large buffer is given back, whoever made it', async () => {
  await using directory = temporaryDirectory()
  const file = join(directory.path, 'large')
  await writeFile(file, Buffer.alloc(1 << 20, 1))
  for (const buffer of [Buffer.alloc(1 << 20), await readFile(file)]) {
    release(buffer)
    expect(buffer.length).toBe(0)
  }
})

test('a small one, which may share its memory with others, is left alone', () => {
  const [one, other] = [Buffer.from('one'), Buffer.from('other')]
  release(one)
  expect([one.toString(), other.toString()]).toEqual(['one', 'other'])
})
