import { realpath } from 'node:fs/promises'
import { Fault } from '../../contract/errors.ts'
import { hostPath, isWithin, joined, nameOf, parentOf, relativeTo } from '../restore/paths.ts'
import { fileNameFromBytes } from '../file-name.ts'
import { stat } from '../repository/resolve.ts'
import type { ListOptions, TreeReader } from '../repository/tree-reader.ts'

/** A folder or file of a snapshot, and what the snapshot was made of. */
export interface PlaceInSnapshot {
  readonly treeId: string
  /** What was backed up, as restic recorded it: absolute paths of the machine that was. */
  readonly paths: readonly string[]
  /** In the snapshot, with a slash first. */
  readonly path: string
}

export interface LivePlace {
  /** Absolute. */
  readonly path: string
  /** What was backed up that it is in; undefined for a folder above all that. */
  readonly source: string | undefined
  /** Above what was backed up: the only names on the way there. Null within it, where every name counts. */
  readonly names: ReadonlySet<string> | null
  /** All that was backed up. */
  readonly sources: readonly string[]
}

/**
 * Where on this host a path of a snapshot was. What was not backed up is nobody's concern: of folders above it only the
 * way to it counts. Throws `not_found` (`host_path`) for a path that is neither, or where nobody can say where it was,
 * and as `resolve` does.
 */
export async function livePlaceOf(
  reader: TreeReader,
  place: PlaceInSnapshot,
  options: ListOptions,
): Promise<LivePlace> {
  const sources = place.paths.map((path) => path.replace(/(?<=.)\/+$/, ''))
  const base = await baseOf(reader, { ...place, paths: sources }, options)
  const path = joined(base, place.path.replace(/\/+$/, ''))
  const found = placeIn(path, sources)
  if (found === undefined) throw nowhere(place)
  return found
}

/** A path of the host among what was backed up; undefined for one that is neither within it nor on the way there. */
export function placeIn(path: string, sources: readonly string[]): LivePlace | undefined {
  const source = sources.find((each) => isWithin(path, each))
  if (source !== undefined) return { path, source, names: null, sources }
  const below = sources.filter((each) => isWithin(each, path))
  const names = below.map((each) => relativeTo(path, each).split('/')[1] ?? '')
  return below.length === 0 ? undefined : { path, source: undefined, names: new Set(names), sources }
}

/** The folder of the host that is the snapshot's root: restic stores a relative path without the folder it began in. */
async function baseOf(reader: TreeReader, place: PlaceInSnapshot, options: ListOptions): Promise<string> {
  const { treeId, paths } = place
  if (paths.length === 0 || !paths.every((path) => path.startsWith('/'))) throw nowhere(place)
  const stored = await Promise.all(
    paths.map(async (path) => path === '/' || (await stat(reader, { treeId, path }, options))),
  )
  if (stored.every((node) => node !== undefined)) return '/'
  const roots = new Set((await reader.list(treeId, options)).name)
  const [first = '', ...others] = paths
  const parent = parentOf(first)
  const names = new Set(paths.map(nameOf))
  const areNamed = roots.size === names.size && [...names].every((name) => roots.has(name))
  if (areNamed && others.every((path) => parentOf(path) === parent)) return parent
  if (others.length > 0) throw nowhere(place)
  return first
}

/**
 * False where the way from what was backed up to a place leads over a link: what is behind it is elsewhere, and was not
 * backed up from here.
 */
export async function isPlain({ path, source = path }: LivePlace): Promise<boolean> {
  try {
    const real = async (one: string): Promise<string> =>
      fileNameFromBytes(await realpath(hostPath(one), { encoding: 'buffer' }))
    return (await real(path)) === joined(await real(source), relativeTo(source, path))
  } catch {
    return false
  }
}

function nowhere({ path }: PlaceInSnapshot): Fault<'not_found'> {
  return new Fault('not_found', { what: 'host_path', id: path })
}
