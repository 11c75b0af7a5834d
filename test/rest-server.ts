import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findTool } from './tools.ts'

export interface RestServerOptions {
  /** Where it keeps its repositories and its user file. */
  readonly directory: string
  /** Passwords by name; none at all means that anyone may come in. */
  readonly users?: Readonly<Record<string, string>>
  /** Each user sees only the repositories below `/<name>/`. */
  readonly privateRepos?: boolean
  readonly appendOnly?: boolean
}

export interface RestServer extends AsyncDisposable {
  readonly port: number
  /** `http://127.0.0.1:<port>/`; restic takes it with `rest:` in front. */
  readonly url: string
  /** Where the repository `/name` is on disk. */
  repositoryDirectory(name: string): string
}

/** Run the real rest-server on a free port of the loopback interface. */
export async function startRestServer(options: RestServerOptions): Promise<RestServer> {
  const file = findTool('rest-server')
  if (file === undefined) throw new Error('rest-server is not found: run the set-up')
  const data = join(options.directory, 'data')
  await mkdir(data, { recursive: true })
  const args = ['--path', data, '--listen', '127.0.0.1:0', ...(await accessArguments(options))]
  const server = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const port = await announcedPort(server)
  return {
    port,
    url: `http://127.0.0.1:${port}/`,
    repositoryDirectory: (name) => join(data, name),
    async [Symbol.asyncDispose]() {
      if (server.exitCode !== null || server.signalCode !== null) return
      const exit = once(server, 'exit')
      server.kill('SIGKILL')
      await exit
    },
  }
}

async function accessArguments(options: RestServerOptions): Promise<string[]> {
  const flags = options.appendOnly ? ['--append-only'] : []
  const users = Object.entries(options.users ?? {})
  if (users.length === 0) return [...flags, '--no-auth']
  const htpasswd = join(options.directory, 'htpasswd')
  const lines = users.map(
    ([name, password]) => `${name}:{SHA}${createHash('sha1').update(password).digest('base64')}\n`,
  )
  await writeFile(htpasswd, lines.join(''))
  return [...flags, '--htpasswd-file', htpasswd, ...(options.privateRepos ? ['--private-repos'] : [])]
}

async function announcedPort(server: ChildProcess): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  let said = ''
  const listen = (chunk: Buffer) => {
    said += chunk.toString()
    const port = /start server on .*:(\d+)$/m.exec(said)?.[1]
    if (port !== undefined) resolve(Number(port))
  }
  server.stdout?.on('data', listen)
  server.stderr?.on('data', listen)
  server.once('exit', () => reject(new Error(`rest-server did not start: ${said}`)))
  server.once('error', reject)
  return promise
}
