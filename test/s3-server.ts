import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join, posix, relative } from 'node:path'
import { promisify } from 'node:util'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { readTogether } from '../engine/repository/native/read-together.ts'
import { findTool } from './tools.ts'

export interface S3Server extends AsyncDisposable {
  readonly port: number
  /** `http://127.0.0.1:<port>/`; restic takes it with `s3:` in front and `bucket/prefix` behind. */
  readonly url: string
  /** The one who may do all. */
  readonly username: string
  readonly password: string
  createBucket(bucket: string): Promise<void>
  /** Put every file below a folder into a bucket, at its path below a prefix, which may be empty. */
  upload(directory: string, bucket: string, prefix: string): Promise<void>
  /** Go on, or hang: what is asked meanwhile is taken and not answered. */
  freeze(): void
  thaw(): void
}

const ACCESS = { username: 'OLIVIAKEY', password: 'open/sesame+secret' } as const
const ANNOUNCED = 'starting handler: beast'
/** Another program may take the free port in the moment between. */
const TRIES = 3
/** Milliseconds; each step takes a tenth of a second. */
const PATIENCE = 15_000
const UPLOADS_AT_ONCE = 8

/**
 * Run a real S3 server on a free port of the loopback interface: Ceph's gateway over plain folders in place of a
 * cluster. It checks signatures, and pages listings at a thousand keys. restic can only read there:
 * without TLS its client writes in a way that this server refuses.
 */
export async function startS3Server({ directory }: { readonly directory: string }): Promise<S3Server> {
  const program = needed('s3-gateway')
  for (let attempt = 1; ; attempt += 1) {
    const settings = await settled(join(directory, `try-${attempt}`))
    const port = await freePort()
    const args = [...settings, '-f', '--rgw-frontends', `beast endpoint=127.0.0.1:${port} tcp_nodelay=1`]
    const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const said = await announcement(server)
    if (said === undefined) return serverOf(server, port)
    server.kill('SIGKILL')
    if (attempt === TRIES) throw new Error(`the S3 server did not start: ${said}`)
  }
}

/** A folder with a user in it, and what tells the server of it. Its administration hangs now and then, and is then begun anew. */
async function settled(directory: string): Promise<readonly string[]> {
  const keys = ['--access-key', ACCESS.username, '--secret-key', ACCESS.password]
  const user = ['--uid', 'olivia', '--display-name', 'Olivia', ...keys]
  for (let attempt = 1; ; attempt += 1) {
    const settings = await writeSettings(join(directory, `user-${attempt}`))
    try {
      const patience = { timeout: PATIENCE, killSignal: 'SIGKILL' } as const
      await promisify(execFile)(needed('s3-gateway-admin'), [...settings, 'user', 'create', ...user], patience)
      return settings
    } catch (error) {
      if (attempt === TRIES) throw error
    }
  }
}

function serverOf(server: ChildProcess, port: number): S3Server {
  const url = `http://127.0.0.1:${port}/`
  const client = new S3Client({
    endpoint: url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: ACCESS.username, secretAccessKey: ACCESS.password },
  })
  return {
    ...ACCESS,
    port,
    url,
    async createBucket(bucket) {
      await client.send(new CreateBucketCommand({ Bucket: bucket }))
    },
    async upload(directory, bucket, prefix) {
      const entries = await readdir(directory, { recursive: true, withFileTypes: true })
      const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
      await readTogether(files, UPLOADS_AT_ONCE, async (path) => {
        const key = posix.join(prefix, relative(directory, path))
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: await readFile(path) }))
      })
    },
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    async [Symbol.asyncDispose]() {
      client.destroy()
      if (server.exitCode !== null || server.signalCode !== null) return
      const exit = once(server, 'exit')
      server.kill('SIGKILL')
      await exit
    },
  }
}

async function writeSettings(directory: string): Promise<readonly string[]> {
  const file = join(directory, 'ceph.conf')
  const [buckets, caches] = [join(directory, 'buckets'), join(directory, 'caches')]
  for (const folder of [buckets, caches]) await mkdir(folder, { recursive: true })
  const settings = [
    // Users in SQLite, buckets in folders: the objects that it keeps in SQLite are read wrongly from an offset.
    'rgw backend store = dbstore',
    'rgw filter = posix',
    'rgw config store = dbstore',
    `dbstore db dir = ${directory}`,
    `dbstore config uri = file:${join(directory, 'config.db')}`,
    `rgw posix base path = ${buckets}`,
    `rgw posix database root = ${caches}`,
    `rgw data = ${directory}`,
    `run dir = ${directory}`,
    `keyring = ${join(directory, 'keyring')}`,
    'admin socket =',
    'log file =',
    'log to stderr = true',
    'debug rgw = 0',
  ]
  await writeFile(file, ['[global]', ...settings, ''].join('\n'))
  return ['-n', 'client.test', '--no-mon-config', '-c', file]
}

/** Undefined once it listens, what it said if it does not come to that. */
async function announcement(server: ChildProcess): Promise<string | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<string | undefined>()
  let said = ''
  const listen = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000)
    if (said.includes(ANNOUNCED)) resolve(undefined)
  }
  server.stdout?.on('data', listen)
  server.stderr?.on('data', listen)
  server.once('exit', () => resolve(said))
  server.once('error', reject)
  const timer = setTimeout(() => resolve(`nothing in ${PATIENCE} ms but: ${said}`), PATIENCE)
  return promise.finally(() => clearTimeout(timer))
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function needed(tool: 's3-gateway' | 's3-gateway-admin'): string {
  const file = findTool(tool)
  if (file === undefined) throw new Error(`${tool} is not found: run the set-up`)
  return file
}
