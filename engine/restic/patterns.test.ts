import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { HOSTILE_NAMES as NAMES } from '../../test/hostile-names.ts'
import { type MadeRepository, makeRepository, requireTool } from '../../test/restic.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../../test/temporary-directory.ts'
import { fileNameFromBytes } from '../file-name.ts'
import { patternLine } from './patterns.ts'
import { type RestorePatterns, restore } from './restore.ts'

it('says a newline by a variable, so that no name can end its line', () => {
  expect(patternLine('/a\nb').toString()).toBe('/a${RESTORE_NEWLINE}b${RESTORE_END}\n')
})

it('keeps bytes that are not UTF-8 as they are', () => {
  expect(patternLine('/caf\udce9').subarray(0, 5)).toEqual(Buffer.from('/caf\xe9', 'latin1'))
})

requireTool('restic')('patterns, asked of the real restic', () => {
  let directory: TemporaryDirectory
  let made: MadeRepository
  beforeAll(async () => {
    directory = temporaryDirectory()
    const source = join(directory.path, 'source')
    for (const name of NAMES) writeHostile(source, name)
    made = await makeRepository({ directory: directory.path, source })
  })
  afterAll(() => directory[Symbol.asyncDispose]())

  // Each bit of a name's number splits the names in two, and any two names are apart in one of the splits: a pattern
  // that matched a name other than its own would bring it along in one of these few restores.
  // @security Restores: What is selected restores exactly its own files, whatever their names.
  it('match their own file or folder and no other, whatever the names', async () => {
    for (let bit = 1; bit <= NAMES.length; bit *= 2) {
      for (const side of [0, bit]) {
        const chosen = NAMES.filter((_, index) => (index & bit) === side)
        const paths = chosen.map(fileNameFromBytes).flatMap((name) => [`/files/${name}`, `/folders/${name}/f*`])
        const target = await restoreTo(`${bit}-${side}`, { kind: 'include', paths })
        expect(namesIn(join(target, 'files'))).toEqual(sorted(chosen))
        expect(namesIn(join(target, 'folders'))).toEqual(sorted(chosen))
        const within = chosen.flatMap((name) => namesIn(Buffer.concat([Buffer.from(`${target}/folders/`), name])))
        expect(within).toEqual(chosen.map(() => 'f*'))
      }
    }
  })

  it('leave out exactly what they name', async () => {
    const [left, kept] = [NAMES.filter((_, index) => index % 2 === 0), NAMES.filter((_, index) => index % 2 === 1)]
    const paths = left.map((name) => `/files/${fileNameFromBytes(name)}`)
    const target = await restoreTo('excluded', { kind: 'exclude', paths })
    expect(namesIn(join(target, 'files'))).toEqual(sorted(kept))
    expect(namesIn(join(target, 'folders'))).toEqual(sorted(NAMES))
  })

  async function restoreTo(name: string, patterns: RestorePatterns): Promise<string> {
    const targetPath = join(directory.path, `target-${name}`)
    const { repository, snapshotId } = made
    const end = await restore(repository, {
      snapshotId,
      base: '/',
      targetPath,
      patterns,
      overwrite: 'always',
      mode: 'write',
      privileged: false,
      verify: true,
      onLine: () => undefined,
    })
    expect(end).toMatchObject({ exitCode: 0 })
    return targetPath
  }
})

function writeHostile(source: string, name: Buffer): void {
  for (const folder of ['files', 'folders']) mkdirSync(join(source, folder), { recursive: true })
  writeFileSync(Buffer.concat([Buffer.from(`${source}/files/`), name]), name)
  const folder = Buffer.concat([Buffer.from(`${source}/folders/`), name])
  mkdirSync(folder)
  for (const file of ['/f', '/f*', '/fx']) writeFileSync(Buffer.concat([folder, Buffer.from(file)]), name)
}

function namesIn(folder: string | Buffer): string[] {
  return sorted(readdirSync(folder, { encoding: 'buffer' }))
}

function sorted(names: readonly Buffer[]): string[] {
  return names.map((name) => name.toString('latin1')).sort()
}
