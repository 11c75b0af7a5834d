import { lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs'
import { conflictFor, type Fault } from '../../contract/errors.ts'
import { type ReasonCode, type ReasonValues, reasonOf } from '../../contract/reasons.ts'
import { showFileName } from '../../contract/shapes/file-name.ts'
import { fileNameFromBytes } from '../file-name.ts'
import { hostPath, joined } from './paths.ts'

/**
 * What a target holds now, by places: paths below it, exact, that begin with a slash. It is looked at without following a
 * link, one entry at a time and at once: a promise for each of a million files would cost more than the files do.
 */
export class TargetView {
  /** Absolute; `/` in place. */
  readonly root: string
  /** Nothing is there. */
  readonly fresh: boolean

  constructor(target: { readonly path: string; readonly fresh: boolean }) {
    this.root = target.path
    this.fresh = target.fresh
  }

  /** The absolute path of a place. */
  absolute(place: string): string {
    return joined(this.root, place)
  }

  /** Undefined where nothing is. Throws `conflict` `target_unusable` for what cannot be looked at. */
  stat(place: string): Stats | undefined {
    if (this.fresh) return undefined
    try {
      return lstatSync(hostPath(this.absolute(place)), { throwIfNoEntry: false })
    } catch (error) {
      if (codeOf(error) === 'ENOTDIR' || codeOf(error) === 'ENAMETOOLONG') return undefined
      throw unusable(this.absolute(place), 'target_unreadable', error)
    }
  }

  /** Exact names. Throws as `stat` does. */
  names(place: string): string[] {
    try {
      return readdirSync(hostPath(this.absolute(place)), { encoding: 'buffer' }).map(fileNameFromBytes)
    } catch (error) {
      throw unusable(this.absolute(place), 'target_unreadable', error)
    }
  }

  linkTarget(place: string): string {
    return fileNameFromBytes(readlinkSync(hostPath(this.absolute(place)), { encoding: 'buffer' }))
  }

  /**
   * The deepest folder at or above a place that is there and that restic can be told of. Throws `conflict`
   * `target_unusable` when a link or a file stands where the way to the place would go: restic would follow the one and
   * replace the other.
   */
  deepestFolder(place: string): string {
    let deepest = '/'
    let folder = ''
    for (const name of place.split('/')) {
      if (name === '') continue
      folder += `/${name}`
      const found = this.stat(folder)
      if (found === undefined) return deepest
      if (!found.isDirectory())
        throw unusable(this.absolute(folder), found.isSymbolicLink() ? 'link_in_the_way' : 'file_in_the_way')
      if (folder.isWellFormed()) deepest = folder
    }
    return deepest
  }
}

/** Of which nothing more is to be said than the path. */
type OfPathAlone = {
  [C in ReasonCode]: 'path' extends keyof ReasonValues<C> ? (keyof ReasonValues<C> extends 'path' ? C : never) : never
}[ReasonCode]

/** The fault that says why a target cannot be written to. */
export function unusable(path: string, code: OfPathAlone, cause?: unknown): Fault<'conflict'> {
  return conflictFor('target_unusable', reasonOf(code, { path: showFileName(path) }), { cause })
}

/** The same, of what the system refused. */
export function refusedBySystem(path: string, cause: unknown): Fault<'conflict'> {
  const said = cause instanceof Error ? cause.message : String(cause)
  return conflictFor('target_unusable', reasonOf('target_refused', { path: showFileName(path), said }), { cause })
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
