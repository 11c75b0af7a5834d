import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { directoryState } from '../../../test/directory-state.ts'
import { makeRepository, requireTool, runRestic } from '../../../test/restic.ts'
import { temporaryDirectory } from '../../../test/temporary-directory.ts'
import { branchOf } from '../name-branches.ts'
import { openTreeReader } from '../tree-reader.ts'
import { type CutKind, cutDirectory } from './cut-directory.ts'
import { openExcerpt } from './open-excerpt.ts'

const FILES = {
  top: 'top',
  'docs/a': 'a',
  'docs/b': 'b',
  'docs/old/a': 'old a',
  'docs/old/b': 'old b',
  'etc/one': '1',
  'etc/two': '2',
}
const TIME = '2026-01-05T10:00:00Z'

/** What is asked for, and what is in it then. */
const EXCERPTS: readonly (readonly [kind: CutKind, paths: readonly string[], found: readonly string[]])[] = [
  ['include', ['/top'], ['/top']],
  ['include', ['/docs/old/a', '/etc'], ['/docs', '/docs/old', '/docs/old/a', '/etc', '/etc/one', '/etc/two']],
  ['include', ['/docs/old', '/docs/a', '/nowhere/x'], ['/docs', '/docs/a', '/docs/old', '/docs/old/a', '/docs/old/b']],
  ['exclude', ['/docs', '/etc/one'], ['/etc', '/etc/two', '/top']],
  ['exclude', ['/docs/a', '/docs/b', '/docs/old/a', '/docs/old/b', '/etc', '/top'], ['/docs', '/docs/old']],
]

requireTool('restic')('an excerpt', () => {
  it.each(EXCERPTS)('is a snapshot to restic that has what is asked for: %s %j', async (kind, paths, found) => {
    await using directory = temporaryDirectory()
    const made = await makeRepository({ directory: directory.path, files: FILES })
    const before = filesIn(directory.path)
    {
      await using excerpt = await openExcerpt(made.repository, { treeId: made.treeId, kind, paths, time: TIME }, {})
      const listed = await runRestic(excerpt.repository, ['ls', '--json', excerpt.snapshotId])
      const nodes = listed
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => JSON.parse(line) as Record<string, unknown>)
      expect(nodes.map(({ path }) => String(path)).sort()).toEqual([...found].sort())
      const whole = await runRestic(made.repository, ['ls', '--json', made.snapshotId])
      const known = new Map(
        whole
          .trim()
          .split('\n')
          .slice(1)
          .map((line) => [JSON.parse(line).path, JSON.parse(line)]),
      )
      for (const node of nodes) expect(node).toEqual(known.get(node['path']))
    }
    expect(filesIn(directory.path)).toEqual(before)
  })

  it('of a named socket is none, and of what is not there', async () => {
    await using directory = temporaryDirectory()
    const source = join(directory.path, 'source')
    mkdirSync(join(source, 'run'), { recursive: true })
    const socket = createServer()
    await new Promise<void>((resolve) => socket.listen(join(source, 'run/socket'), resolve))
    const made = await makeRepository({ directory: directory.path, source })
    socket.close()
    for (const paths of [['/run/socket'], ['/nowhere']]) {
      const wanted = { treeId: made.treeId, kind: 'include', paths, time: TIME } as const
      await expect(openExcerpt(made.repository, wanted, {})).rejects.toMatchObject({ code: 'not_found' })
    }
  })

  it('is cut from a listing in any form as from one that restic writes', async () => {
    await using directory = temporaryDirectory()
    const source = join(directory.path, 'source')
    mkdirSync(join(source, 'folder'), { recursive: true })
    writeFileSync(join(source, 'folder/in it'), '')
    writeFileSync(Buffer.concat([Buffer.from(`${source}/`), Buffer.from([0x66, 0xff])]), 'not UTF-8')
    symlinkSync('elsewhere', join(source, 'link'))
    const { repository, treeId } = await makeRepository({ directory: directory.path, source })
    const branch = branchOf(['/folder/in it', '/link', '/f\udcff'])
    for (const kind of ['include', 'exclude'] as const) {
      const cuts = await openTreeReader(repository).read(
        treeId,
        (id, stored) => {
          // A number that is too wide for one of ours, as restic writes inodes.
          const text = stored.toString().replace(/"inode":\d+/, '"inode":18446744073709551615')
          return [text, text.replaceAll('{', '{ ')].map((form) => cutDirectory(id, Buffer.from(form), branch, kind))
        },
        {},
      )
      const [own, other] = cuts.map((cut) =>
        cut.map(({ stored, below }) => `${stored.toString()} ${below?.treeId} ${below?.rest.toString()}`),
      )
      expect(own).toHaveLength(kind === 'include' ? 3 : 1)
      expect(other).toEqual(own)
      expect(own?.join()).toContain('18446744073709551615')
    }
  })
})

/** All that lies in the repository, but for the folder in which locks come and go. */
function filesIn(directory: string): string[] {
  return directoryState(join(directory, 'repository')).filter((line) => !line.startsWith('./locks '))
}
