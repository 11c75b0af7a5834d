import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Fault } from '../../contract/errors.ts'
import { fileNameToBytes } from '../../engine/file-name.ts'
import { reach } from '../../engine/repository/probe.ts'
import { stat } from '../../engine/repository/resolve.ts'
import { openTreeReader, type TreeReader } from '../../engine/repository/tree-reader.ts'
import { type WalkedNode, walk } from '../../engine/repository/walk.ts'
import type { ResticRepository } from '../../engine/restic/repository.ts'
import { listSnapshotRecords, type SnapshotRecord } from '../../engine/restic/snapshot-records.ts'
import { usualRestics } from '../../engine/command-line/product.ts'
import { ResticTool } from '../../engine/restic/restic-tool.ts'
import { type Command, type Surroundings, UsageError } from '../../engine/command-line/command.ts'
import { readArguments } from '../../engine/command-line/read-arguments.ts'
import { accessFrom, cacheDirectoryFrom } from './repository-access.ts'
import { nodeLine, snapshotLine } from './restic-lines.ts'

/** Bytes written at a time. */
const PORTION = 1 << 16

const HELP = `restore-agent tree [--repository URL] [--json] SNAPSHOT [PATH]

Print what the agent reads in a snapshot, with everything below PATH. With --json each line is
the one that "restic ls --json --recursive" prints; without it, the path alone.

  SNAPSHOT              an id, the beginning of one, or "latest"
  PATH                  in the snapshot, with a slash first; the whole snapshot unless given
  -r, --repository URL  as restic takes it; RESTIC_REPOSITORY unless given
      --json            one object a line: the snapshot, then the nodes

The password comes from RESTIC_PASSWORD or RESTIC_PASSWORD_FILE, a server's credentials from the
address or from restic's own variables. Nothing is written or locked in the repository.
`

/** What our reader sees in a snapshot, in the words of restic, so that anyone can compare the two. */
export const tree: Command = {
  help: HELP,
  async run(args, surroundings) {
    const { repository: address, json, snapshot: wanted, path } = readTreeArguments(args)
    const repository = await repositoryFrom(address, surroundings)
    await reach(repository, {})
    const snapshot = choose(await listSnapshotRecords(repository, {}), wanted)
    const reader = openTreeReader(repository)
    const nodes = below(reader, snapshot.tree, path)
    const lines = json ? jsonLines(snapshot, nodes) : pathLines(nodes)
    await pipeline(Readable.from(portions(lines)), surroundings.out, { end: false })
    if (reader.served === 'restic') surroundings.say("This was read by restic, not by the agent's own reader.")
  },
}

interface TreeArguments {
  readonly repository: string | undefined
  readonly json: boolean
  readonly snapshot: string
  readonly path: string
}

/** Throws `UsageError`. */
export function readTreeArguments(args: readonly string[]): TreeArguments {
  const { values, positionals } = readArguments({
    args: [...args],
    options: { repository: { type: 'string', short: 'r' }, json: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const [snapshot, path = '/', ...more] = positionals
  if (snapshot === undefined) throw new UsageError('Say which snapshot: an id, the beginning of one, or "latest".')
  if (more.length > 0) throw new UsageError(`One path at a time: ${more[0]} is one too many.`)
  if (!path.startsWith('/')) throw new UsageError(`A path in a snapshot begins with a slash, as in /${path}.`)
  return { repository: values.repository, json: values.json, snapshot, path }
}

async function repositoryFrom(address: string | undefined, surroundings: Surroundings): Promise<ResticRepository> {
  const access = await accessFrom(address, surroundings)
  const restic = await new ResticTool(usualRestics()).require()
  return { restic, access, cacheDirectory: cacheDirectoryFrom(surroundings.environment), mark: {} }
}

/** The snapshot that is meant. Throws `not_found`, and `UsageError` where several begin so. */
export function choose(snapshots: readonly SnapshotRecord[], wanted: string): SnapshotRecord {
  const [first, ...others] =
    wanted === 'latest'
      ? snapshots.toSorted((one, other) => Date.parse(other.time) - Date.parse(one.time)).slice(0, 1)
      : snapshots.filter(({ id }) => id.startsWith(wanted))
  if (first === undefined) throw new Fault('not_found', { what: 'snapshot', id: wanted })
  if (others.length > 0)
    throw new UsageError(`${others.length + 1} snapshots begin with ${wanted}: write more of the id.`)
  return first
}

async function* below(reader: TreeReader, treeId: string, path: string): AsyncGenerator<WalkedNode, void, void> {
  const names = path.split('/').filter((name) => name !== '')
  if (names.length === 0) return yield* walk(reader, treeId, {})
  const place = `/${names.join('/')}`
  const node = await stat(reader, { treeId, path: place }, {})
  if (node === undefined) throw new Fault('not_found', { what: 'path', id: place })
  yield { path: place, node }
  if (node.treeId === null) return
  for await (const one of walk(reader, node.treeId, {})) yield { path: `${place}${one.path}`, node: one.node }
}

async function* jsonLines(
  snapshot: SnapshotRecord,
  nodes: AsyncIterable<WalkedNode>,
): AsyncGenerator<Buffer, void, void> {
  yield Buffer.from(snapshotLine(snapshot))
  for await (const node of nodes) yield Buffer.from(nodeLine(node))
}

async function* pathLines(nodes: AsyncIterable<WalkedNode>): AsyncGenerator<Buffer, void, void> {
  for await (const { path } of nodes) yield fileNameToBytes(path)
}

async function* portions(lines: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  const end = Buffer.from('\n')
  let gathered: Buffer[] = []
  let bytes = 0
  for await (const line of lines) {
    gathered.push(line, end)
    bytes += line.length + 1
    if (bytes < PORTION) continue
    yield Buffer.concat(gathered)
    gathered = []
    bytes = 0
  }
  if (bytes > 0) yield Buffer.concat(gathered)
}
