import type { RestoreSource, Selection } from '../../contract/shapes/restore.ts'

interface Rules {
  readonly include: ReadonlySet<string>
  readonly exclude: ReadonlySet<string>
}

/** Which of some sources a path is taken from; undefined for none. */
export function sourceFinder(sources: readonly RestoreSource[]): (path: string) => number | undefined {
  const rules = sources.map(({ selection }) => rulesOf(selection))
  return (path) => {
    const at = rules.findIndex((one) => isSelected(one, path))
    return at < 0 ? undefined : at
  }
}

function rulesOf({ include, exclude }: Selection): Rules {
  return { include: new Set(include.map(tidy)), exclude: new Set(exclude.map(tidy)) }
}

/** The nearest rule decides; of two for one path the one that leaves it out. */
function isSelected({ include, exclude }: Rules, path: string): boolean {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf('/'))) {
    if (exclude.has(at)) return false
    if (include.has(at)) return true
    if (at === '') return false
  }
}

/** Without a slash at its end; the root is empty. */
function tidy(path: string): string {
  return path.replace(/\/+$/, '')
}
