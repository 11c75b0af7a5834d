import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { requireTool, restic } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { findRestic, isAtLeast } from './restic.ts'

async function pretend(directory: string, name: string, script: string): Promise<string> {
  const path = join(directory, name)
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  return path
}

it.each([
  ['0.17.1', true],
  ['0.17.0', false],
  ['0.18.0-dev', true],
  ['0.9.9', false],
  ['1.0', true],
  ['0.17', false],
])('takes %s for new enough: %s', (version, enough) => {
  expect(isAtLeast(version, '0.17.1')).toBe(enough)
})

it('passes over what is missing, too old, broken or something else', async () => {
  await using directory = temporaryDirectory()
  const old = await pretend(directory.path, 'old', 'echo "restic 0.14.0 compiled with go1.19.8 on linux/amd64"')
  const other = await pretend(directory.path, 'other', 'echo "resticprofile version 0.31"')
  const broken = await pretend(directory.path, 'broken', 'kill -SEGV $$')
  const fresh = await pretend(directory.path, 'fresh', 'echo "restic 0.19.1 compiled with go1.25 on linux/arm64"')
  const missing = join(directory.path, 'missing')

  expect(await findRestic([missing, broken, other, old])).toEqual({ restic: null, found: '0.14.0' })
  expect(await findRestic([missing, old, fresh])).toEqual({ restic: { path: fresh, version: '0.19.1' }, found: null })
  expect(await findRestic([])).toEqual({ restic: null, found: null })
})

requireTool('restic')('the restic of this machine', () => {
  it('is found by its path', async () => {
    expect(await findRestic([restic().path])).toEqual({ restic: restic(), found: null })
  })
})
