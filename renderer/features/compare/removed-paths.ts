import type { ComparisonCalls, Level } from './comparison-calls.ts'

export interface RemovedPaths {
  /** From that folder, with a slash first. */
  readonly paths: readonly string[]
  /** False when the limit ended it. */
  readonly complete: boolean
}

/** What a folder had and has no more, at any depth: of a removed folder only itself. Throws what `changes` throws. */
export async function removedPaths(calls: ComparisonCalls, level: Level, limit: number): Promise<RemovedPaths> {
  const stop = new AbortController()
  const wanted = { metadata: false, filter: '', limit: 1_000_000 }
  const paths: string[] = []
  let folder: string | null = null
  try {
    for await (const event of await calls.changes(wanted, stop.signal, level)) {
      if (event.kind === 'ended') continue
      for (const [at, path] of event.changes.path.entries()) {
        if (event.changes.kind[at] !== 'removed') continue
        if (folder !== null && path.startsWith(folder)) continue
        if (paths.length === limit) return { paths, complete: false }
        folder = path.endsWith('/') ? path : null
        paths.push(path.replace(/\/$/, ''))
      }
    }
    return { paths, complete: true }
  } finally {
    stop.abort()
  }
}
