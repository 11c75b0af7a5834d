import type { Overwrite, RestorePatterns } from '../restic/restore.ts'
import { joined, relativeTo } from './paths.ts'
import type { Cover } from './selection.ts'

/** One call of restic: what it is to restore, from where to where. */
export interface RestorePass {
  /** Which of the request's sources it restores. */
  readonly source: number
  readonly snapshotId: string
  /** When the snapshot was taken, RFC 3339. */
  readonly snapshotTime: string
  /** The snapshot's folder from which it restores; itself and what is above it are not touched. */
  readonly base: string
  /** The listing of that folder. */
  readonly treeId: string
  /** The place in the target to which it restores; `/` is the target itself. */
  readonly folder: string
  /** Paths are below `base`. */
  readonly patterns: RestorePatterns
  readonly overwrite: Overwrite
  /** It writes to a private folder inside `folder`, from which we move each item to its place. */
  readonly isPrivate: boolean
  /**
   * Instead of being given patterns, restic is shown a snapshot that holds only what they choose. See
   * docs/decisions/0013-scattered-selections.md.
   */
  readonly byExcerpt: boolean
  /** How many items restic has to count when it has done all of it. */
  readonly items: number
}

/** A pass before it is known what it holds. */
export type PassDraft = Omit<RestorePass, 'items'>

/**
 * How many patterns one call of restic is given. It compares every entry that it visits with every pattern, so that time
 * goes by the square of their number; and each call opens the repository anew.
 */
export const PATTERN_LIMIT = 1000

/** With more patterns than this an excerpt costs less than they do; where none can be made, infinite. */
export const EXCERPT_FROM = 250

/** What one call of restic is to restore below a folder. */
export type PassPart = Pick<RestorePass, 'patterns' | 'byExcerpt'>

/**
 * What restic is to be told for a cover of what lies below a folder: in one call from an excerpt where there are more than
 * `excerptFrom` patterns, else in as few calls as its patterns allow, neighbours together.
 */
export function cutCover({ choice, paths }: Cover, base: string, excerptFrom: number): PassPart[] {
  const below = paths.map((path) => relativeTo(base, path))
  const byExcerpt = below.length > excerptFrom
  if (choice === 'out') {
    return [{ patterns: below.length === 0 ? { kind: 'everything' } : { kind: 'exclude', paths: below }, byExcerpt }]
  }
  const calls = byExcerpt ? 1 : Math.ceil(below.length / PATTERN_LIMIT)
  const size = Math.ceil(below.length / calls)
  return Array.from({ length: calls }, (_, at) => ({
    patterns: { kind: 'include', paths: below.slice(at * size, (at + 1) * size) },
    byExcerpt,
  }))
}

/** Where an item of a pass comes to be when its own path says so. */
export function placeIn({ base, folder }: Pick<RestorePass, 'base' | 'folder'>, path: string): string {
  return joined(folder, relativeTo(base, path))
}
