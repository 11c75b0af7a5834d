export interface PathsInWords {
  /** Shown first, as they are the main thing. */
  readonly names: readonly string[]
  /** The folder that all of them lie in; null where the names are whole paths. */
  readonly parent: string | null
}

/** The folders of a backup in short: by their own names when all lie in one folder that has a long path of its own. */
export function pathsInWords(paths: readonly string[]): PathsInWords {
  const [first] = paths
  const parent = first === undefined ? '' : first.slice(0, first.lastIndexOf('/'))
  const shared = paths.length > 1 && parent !== '' && paths.every((path) => liesIn(path, parent))
  return shared ? { names: paths.map((path) => path.slice(parent.length + 1)), parent } : { names: paths, parent: null }
}

function liesIn(path: string, parent: string): boolean {
  return path.lastIndexOf('/') === parent.length && path.startsWith(parent)
}
