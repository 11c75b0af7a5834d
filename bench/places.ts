import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { ResticRepository } from '../engine/restic/repository.ts'
import { startRestServer } from '../test/rest-server.ts'
import { temporaryDirectory } from '../test/temporary-directory.ts'
import { startDelayingProxy } from './delaying-proxy.ts'
import type { BenchRepository } from './repository/bench-repository.ts'

/** Where a repository is read from. */
export interface Place extends AsyncDisposable {
  readonly name: 'local' | 'rest-server, 20 ms away'
  readonly repository: ResticRepository
}

const DELAY = 20

export function localPlace({ local }: BenchRepository): Place {
  return { name: 'local', repository: local, [Symbol.asyncDispose]: () => Promise.resolve() }
}

/** The same repository, and the same cache of restic, behind a real rest-server on a long line. */
export async function distantPlace({ local, directory }: BenchRepository): Promise<Place> {
  await using stack = new AsyncDisposableStack()
  const folder = stack.use(temporaryDirectory())
  const server = stack.use(await startRestServer({ directory: folder.path }))
  await symlink(join(directory, 'repository'), server.repositoryDirectory('bench'))
  const proxy = stack.use(await startDelayingProxy(server.port, DELAY))
  const owned = stack.move()
  const url = `rest:http://127.0.0.1:${proxy.port}/bench/`
  return {
    name: 'rest-server, 20 ms away',
    repository: { ...local, access: { ...local.access, url } },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
