import { join } from 'node:path'
import { cheapenKey } from '../test/cheap-key.ts'
import { startRestServer } from '../test/rest-server.ts'
import { type MadeRepository, makeRepository } from '../test/restic.ts'
import { startThrottlingProxy, type ThrottlingProxy } from '../test/throttling-proxy.ts'
import type { RepositoryAnswers } from './pages/repositories.ts'

export interface BackupServer extends AsyncDisposable {
  /** What an operator types to add its repository. */
  readonly answers: Required<RepositoryAnswers>
  readonly made: MadeRepository
  /** Bytes per second and connection from now on. */
  setRate(bytesPerSecond: number): void
  /** The line is cut: the server cannot be reached until it comes back. */
  goAway(): Promise<void>
  comeBack(): Promise<void>
}

export interface BackupToServe {
  /** The test's own folder; everything is made below it. */
  readonly directory: string
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  /** A folder that is there already, in place of `files`. */
  readonly source?: string
  readonly serverPassword: string
  readonly password: string
}

const FAST = 1 << 30

/** A real rest-server with private repositories at the end of a line whose speed a test chooses, and a backup on it. */
export async function serveBackup(backup: BackupToServe): Promise<BackupServer> {
  const { directory, files, source, serverPassword, password } = backup
  await using stack = new AsyncDisposableStack()
  const users = { olivia: serverPassword, marek: 'another password of another user' }
  const server = stack.use(await startRestServer({ directory: join(directory, 'server'), users, privateRepos: true }))
  let line: ThrottlingProxy | null = await startThrottlingProxy(server.port, FAST)
  const { port } = line
  const goAway = async (): Promise<void> => {
    await line?.[Symbol.asyncDispose]()
    line = null
  }
  stack.defer(goAway)
  const access = { username: 'olivia', serverPassword, password }
  const made = await makeRepository({
    directory,
    ...(files === undefined ? {} : { files }),
    ...(source === undefined ? {} : { source }),
    access: { ...access, url: `rest:${server.url}olivia/web/` },
  })
  await cheapenKey(join(server.repositoryDirectory('olivia'), 'web'), password)
  const owned = stack.move()
  return {
    made,
    answers: { ...access, url: `rest:http://127.0.0.1:${port}/olivia/web/`, name: 'web' },
    setRate: (rate) => line?.setRate(rate),
    goAway,
    comeBack: async () => {
      line = await startThrottlingProxy(server.port, FAST, port)
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
