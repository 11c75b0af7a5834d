import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { removePrivateFolders } from './private-folders.ts'

test('private folders are removed with all that is in them, and nothing that only looks like one', async () => {
  await using directory = temporaryDirectory()
  const place = join(directory.path, 'place')
  mkdirSync(join(place, '.restore-console-aB3xyZ', 'etc'), { recursive: true })
  writeFileSync(join(place, '.restore-console-aB3xyZ', 'etc', 'half'), 'half')
  mkdirSync(join(place, '.restore-console-of-somebody'))
  writeFileSync(join(place, '.restore-console-123456'), 'a file')
  symlinkSync(directory.path, join(place, '.restore-console-abcdef'))
  const private_ = await removePrivateFolders([place, join(directory.path, 'gone')])
  expect(private_).toEqual({ removed: [join(place, '.restore-console-aB3xyZ')], left: [] })
  expect(readdirSync(place).sort()).toEqual([
    '.restore-console-123456',
    '.restore-console-abcdef',
    '.restore-console-of-somebody',
  ])
})
