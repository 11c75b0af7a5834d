import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { asListed, differences, nodesBelow } from '../../test/equality/own-view.ts'
import { makeRepository, requireTool, runRestic, withoutRestic } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { search } from './search/search.ts'
import { openTreeReader } from './tree-reader.ts'

const ENTRIES = 100_000
/** Fifteen seconds where nothing else goes on. */
const MINUTES = 240_000

requireTool('restic')('a directory of 100,000 entries', () => {
  it(
    'is what restic lists, entry by entry',
    async () => {
      await using directory = temporaryDirectory()
      const source = join(directory.path, 'source')
      mkdirSync(source)
      // Most of them links: restic need not open them, which is most of what a backup of so many costs.
      for (let at = 0; at < ENTRIES; at += 1) {
        const path = join(source, `entry ${(at * 7919) % ENTRIES} of many`)
        if (at % 20 === 0) writeFileSync(path, '')
        else symlinkSync(`target ${at}`, path)
      }
      const { repository, treeId, snapshotId } = await makeRepository({ directory: directory.path, source })
      const listed = (await runRestic(repository, ['ls', '--json', '--no-lock', snapshotId]))
        .trim()
        .split('\n')
        .slice(1)
      const reader = openTreeReader(withoutRestic(repository))
      const nodes = await nodesBelow(reader, treeId)
      expect(nodes).toHaveLength(ENTRIES)
      const theirs = listed.map((line) => JSON.parse(line) as Record<string, unknown>)
      expect(differences(nodes.map(asListed), theirs)).toEqual([])
      const listing = await reader.list(treeId, {})
      expect(listing.name).toEqual(nodes.map(({ node }) => node.name))
      expect(listing.linkTarget).toEqual(nodes.map(({ node }) => node.linkTarget))
      const pattern = { kind: 'glob', text: 'entry 9999? of many', ignoreCase: false } as const
      const found: string[] = []
      for await (const { path } of search(reader, [{ id: snapshotId, treeId }], { pattern })) found.push(path)
      expect(found).toHaveLength(10)
    },
    MINUTES,
  )
})
