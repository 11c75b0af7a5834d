import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toRows } from '../../contract/shapes/columns.ts'
import { KINDS, type Kind, type Made, makeKind } from '../../test/equality/kinds.ts'
import { asFound, asListed, differences, lossy, nodesBelow } from '../../test/equality/own-view.ts'
import { PLACES, type PlaceServer } from '../../test/equality/places.ts'
import { repositoryAt, runRestic, withoutRestic } from '../../test/restic.ts'
import { temporaryDirectory } from '../../test/temporary-directory.ts'
import { requireTool } from '../../test/tools.ts'
import { fileNameToBytes } from '../file-name.ts'
import { readContents } from './contents.ts'
import { readTogether } from './native/read-together.ts'
import { resolve } from './resolve.ts'
import { search } from './search/search.ts'
import { openTreeReader, type TreeReader } from './tree-reader.ts'

const PATTERNS = ['file-1?.txt', 'file-33.txt', 'inside.txt', '*.log', '[^a-z0-9]*', 'project-1', '*\\\\*', 'C']
const TWO_MINUTES = 120_000

const directory = temporaryDirectory()
afterAll(() => directory[Symbol.asyncDispose]())

const makings = new Map<Kind, Promise<Made>>()

/** Made once for all places. */
function madeOf(kind: Kind): Promise<Made> {
  const making = makings.get(kind) ?? makeKind(kind, join(directory.path, `kind-${makings.size}`), PATTERNS)
  makings.set(kind, making)
  return making
}

for (const place of PLACES) {
  requireTool('restic', ...place.tools)(`our own reader, in ${place.name},`, () => {
    let server: PlaceServer
    beforeAll(async () => {
      server = await place.start(join(directory.path, place.name.replaceAll(' ', '-')))
    })
    afterAll(() => server[Symbol.asyncDispose]())

    describe.each(KINDS)('of a repository $name', (kind) => {
      let made: Made
      let reader: TreeReader
      let openWith: (password: string) => TreeReader
      beforeAll(async () => {
        made = await madeOf(kind)
        const access = await server.serve(made.repository.access.url, `kind-${KINDS.indexOf(kind)}`)
        // A cache of its own: restic has made none for this place.
        const own = join(directory.path, 'no-cache')
        openWith = (password) => openTreeReader(withoutRestic(repositoryAt(own, { ...access, password })))
        reader = openWith(made.repository.access.password)
      }, TWO_MINUTES)

      it('sees every node of every snapshot as restic lists and finds it', async () => {
        for (const { id, treeId, listed, found } of made.snapshots) {
          const nodes = await nodesBelow(reader, treeId)
          expect([id, nodes.length > 50]).toEqual([id, true])
          expect([id, differences(nodes.map(asListed), listed)]).toEqual([id, []])
          expect([id, differences(nodes.map(asFound), found)]).toEqual([id, []])
        }
      })

      it('lists every directory with the nodes that are in it', async () => {
        const seen = new Set<string>()
        const visit = async (id: string): Promise<void> => {
          if (seen.has(id)) return
          seen.add(id)
          const nodes = await reader.nodes(id, { passing: true })
          const wanted = nodes.map(({ name, type, size, modified, mode, treeId, linkTarget }) => ({
            name,
            type,
            size,
            modified,
            mode,
            treeId,
            linkTarget,
          }))
          const directories = wanted.filter(({ type }) => type === 'dir')
          const others = wanted.filter(({ type }) => type !== 'dir')
          expect(toRows(await reader.list(id, { passing: true }))).toEqual([...directories, ...others])
          for (const { treeId } of directories) if (treeId !== null) await visit(treeId)
        }
        for (const { treeId } of made.snapshots) await visit(treeId)
        expect(seen.size).toBeGreaterThan(100)
      })

      it('finds in all snapshots what restic finds', async () => {
        const ours = new Map(made.snapshots.map(({ id }) => [id, new Set<string>()]))
        const snapshots = made.snapshots.map(({ id, treeId }) => ({ id, treeId }))
        for (const text of PATTERNS) {
          for await (const hit of search(reader, snapshots, { pattern: { kind: 'glob', text, ignoreCase: false } })) {
            for (const id of hit.versions.flatMap(({ snapshotIds }) => snapshotIds)) ours.get(id)?.add(lossy(hit.path))
          }
        }
        for (const { id, listed } of made.snapshots) {
          const hits = ours.get(id)
          // restic names all that is in a directory that fits, too.
          const paths = listed.map(({ path }) => String(path))
          const expected = paths.filter((path) => prefixesOf(path).some((prefix) => hits?.has(prefix)))
          expect(expected.length).toBeGreaterThan(10)
          expect(new Set(expected)).toEqual(made.found.get(id))
        }
      })

      it('reads of every file what restic dumps', async () => {
        const read = new Map<string, Buffer>()
        for (const [treeId, dumped] of made.dumps) {
          const files = (await nodesBelow(reader, treeId)).filter(({ node }) => node.type === 'file')
          await readTogether(files, 8, async ({ path, node }) => {
            const pieces = node.content.join()
            const ours = read.get(pieces) ?? (await readContents(reader, node, { limit: node.size + 1 }))
            read.set(pieces, ours)
            expect([path, ours.equals(dumped(fileNameToBytes(path)))]).toEqual([path, true])
          })
        }
        expect(read.size).toBeGreaterThan(100)
      })

      it.runIf(kind.passwords.length > 0)('opens with each of its passwords, and with no other', async () => {
        const [{ treeId } = { treeId: '' }] = made.snapshots
        const listing = await reader.list(treeId, {})
        for (const password of kind.passwords) expect(await openWith(password).list(treeId, {})).toEqual(listing)
        await expect(openWith('no').list(treeId, {})).rejects.toMatchObject({ code: 'wrong_password' })
      })

      it('keeps attributes and devices as restic stores them', async () => {
        const { id, treeId } = made.snapshots.at(-1) ?? { id: '', treeId: '' }
        let attributes = 0
        for (const path of ['odd', 'odd/attributes', 'odd/special']) {
          const printed = await runRestic(made.repository, ['cat', 'tree', '--no-lock', `${id}:${path}`])
          const stored = JSON.parse(printed) as { nodes: Record<string, unknown>[] }
          const folder = await resolve(reader, { treeId, path: `/${path}` }, {})
          const ours = (await reader.nodes(folder ?? '', {})).map((node) => {
            attributes += node.attributes.length
            const each = node.attributes.map(({ name, value }) => ({ name, value: value.toString('base64') }))
            return [node.type, Number(node.device), each]
          })
          expect(ours).toEqual(
            stored.nodes.map(({ type, device = 0, extended_attributes: each = [] }) => [type, device, each]),
          )
        }
        expect(attributes).toBeGreaterThan(0)
      })
    })
  })
}

/** A path and all above it. */
function prefixesOf(path: string): string[] {
  return Array.from(path.matchAll(/\/|$/g), ({ index }) => path.slice(0, index)).filter((prefix) => prefix !== '')
}
