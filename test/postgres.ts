import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { describe } from 'vitest'

const run = promisify(execFile)
const FOLDER = '/usr/lib/postgresql'
const WHO = process.getuid?.() === 0 ? 'postgres' : null

/** The newest version that is installed; undefined where none is. */
export function postgresVersion(): string | undefined {
  if (!existsSync(FOLDER)) return undefined
  const versions = readdirSync(FOLDER).filter((version) => existsSync(join(FOLDER, version, 'bin', 'initdb')))
  return versions.toSorted((one, other) => Number(one) - Number(other)).at(-1)
}

/** `describe` for suites that need a real PostgreSQL; as `requireTool`. */
export function requirePostgres(name: string, suite: () => void): void {
  if (postgresVersion() !== undefined) describe(name, suite)
  else if (process.env['CI']) throw new Error('PostgreSQL is not found: run the set-up')
  else describe.skip(`${name} (skipped: PostgreSQL not found)`, suite)
}

/** Who the tests' clusters belong to; null where the tests are no root. */
export const postgresUser = WHO

export interface TestCluster extends AsyncDisposable {
  readonly dataDirectory: string
  readonly version: string
  /** Run SQL; a line for each row. */
  query(sql: string, database?: string): Promise<string>
  stop(mode: 'fast' | 'immediate'): Promise<void>
}

export interface ClusterOptions {
  /** Everything is made below it; its path is to be short. */
  readonly directory: string
  /** The role with which the cluster is made. */
  readonly superuser?: string
}

/** A real cluster that runs, on a socket of its own. */
export async function startCluster({ directory, superuser = 'postgres' }: ClusterOptions): Promise<TestCluster> {
  const version = postgresVersion()
  if (version === undefined) throw new Error('PostgreSQL is not found')
  const place = join(directory, 'cluster')
  const dataDirectory = join(place, 'data')
  mkdirSync(place, { recursive: true })
  chmodSync(directory, 0o755)
  if (WHO !== null) await run('chown', [WHO, place])
  const bin = join(FOLDER, version, 'bin')
  await asOwner(join(bin, 'initdb'), [
    '-D',
    dataDirectory,
    '-U',
    superuser,
    '--auth=trust',
    '--no-sync',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  ])
  const args = ['-D', dataDirectory, '-k', place, '-c', 'listen_addresses=', '-c', 'fsync=off']
  const [file = '', ...rest] = command(join(bin, 'postgres'), args)
  const server = spawn(file, rest, { stdio: 'ignore', cwd: '/' })
  const exit = once(server, 'exit')
  const query = async (sql: string, database = 'postgres'): Promise<string> => {
    const asked = ['-X', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-h', place, '-U', superuser, '-d', database, '-c', sql]
    return (await asOwner(join(bin, 'psql'), asked)).trim()
  }
  for (let tries = 0; ; tries += 1) {
    try {
      await query('SELECT 1')
      break
    } catch (error) {
      if (tries > 200) throw error
      await pause(50)
    }
  }
  const stop = async (mode: 'fast' | 'immediate'): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return
    await asOwner(join(bin, 'pg_ctl'), ['stop', '-D', dataDirectory, '-m', mode])
    await exit
  }
  return { dataDirectory, version, query, stop, [Symbol.asyncDispose]: () => stop('immediate') }
}

function command(file: string, args: readonly string[]): string[] {
  return WHO === null
    ? [file, ...args]
    : ['setpriv', `--reuid=${WHO}`, `--regid=${WHO}`, '--init-groups', '--', file, ...args]
}

async function asOwner(file: string, args: readonly string[]): Promise<string> {
  const [program = '', ...rest] = command(file, args)
  return (await run(program, rest, { cwd: '/' })).stdout
}
