import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { backUp, makeRepository, requireTool, withoutRestic } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { openTreeReader } from '../repository/tree-reader.ts'
import { placeIn } from './live-place.ts'
import { walkLive } from './live-walk.ts'

const FILES = 1000

requireTool('restic')('a walk over the host now', () => {
  it('ends in the middle of a folder when it is cancelled, and has not looked at the rest', async () => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: { 'folder/first': '1' } })
    const { treeId } = await backUp(made.repository, made.source)
    const reader = openTreeReader(withoutRestic(made.repository))
    const many = join(made.source, 'many')
    mkdirSync(many)
    for (let at = 0; at < FILES; at += 1) writeFileSync(join(many, String(at)), '')
    const place = placeIn(made.source, [made.source])
    if (place === undefined) throw new Error('the source is not in itself')
    const stop = new AbortController()
    let told = 0
    const walked = async (): Promise<void> => {
      for await (const step of walkLive(reader, { treeId, place }, { signal: stop.signal })) {
        if (step.step !== 'row' || !step.path.startsWith('/many/')) continue
        told += 1
        if (told === 1) stop.abort()
      }
    }
    await expect(walked()).rejects.toMatchObject({ code: 'cancelled' })
    expect(told).toBeLessThan(FILES / 4)
  })
})
