import { ProofFailed } from '../proof.ts'
import type { PostgresServer } from './server.ts'

export interface DatabasesRead {
  /** `15.18`. */
  readonly version: string
  /** Bytes of each database. */
  readonly sizes: Readonly<Record<string, number>>
  readonly relations: number
}

/** Relations whose file is not there: a table that is empty has one too. */
const LOST = `
  SELECT c.oid::regclass::text
  FROM pg_class c
  WHERE c.relkind IN ('r', 'i', 't', 'm', 'S')
    AND pg_relation_filepath(c.oid) IS NOT NULL
    AND (pg_stat_file(pg_relation_filepath(c.oid), true)).size IS NULL
  ORDER BY 1 LIMIT 20`

/** All of the catalogue is read, by counting what each of its tables holds. */
const CATALOGUE = `
  SELECT (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_attribute), (SELECT count(*) FROM pg_type),
         (SELECT count(*) FROM pg_proc), (SELECT count(*) FROM pg_index), (SELECT count(*) FROM pg_constraint)`

/** Look into every database of a server: size, catalogue, and whether each relation's file is there. Throws `ProofFailed`. */
export async function readDatabases(server: PostgresServer, signal: AbortSignal): Promise<DatabasesRead> {
  const version = (await server.query('template1', 'SHOW server_version'))[0]?.[0] ?? ''
  const listed = await server.query(
    'template1',
    'SELECT datname, pg_database_size(oid) FROM pg_database WHERE datallowconn ORDER BY datname',
  )
  let relations = 0
  const sizes: Record<string, number> = {}
  for (const [name = '', size = '0'] of listed) {
    signal.throwIfAborted()
    sizes[name] = Number(size)
    const lost = await server.query(name, LOST)
    if (lost.length > 0) {
      throw new ProofFailed(`${name}: the files of these relations are missing: ${lost.flat().join(', ')}`)
    }
    relations += Number((await server.query(name, CATALOGUE))[0]?.[0] ?? 0)
  }
  return { version: version.split(' ')[0] ?? version, sizes, relations }
}

/** Every table and index of every database, with `pg_amcheck`. Throws `ProofFailed` with what it found. */
export async function checkAll(server: PostgresServer): Promise<void> {
  const { exitCode, stdout, stderrTail } = await server.run('pg_amcheck', [
    '--all',
    '--install-missing',
    '--heapallindexed',
  ])
  if (exitCode !== 0) throw new ProofFailed(`pg_amcheck: ${(stdout.trim() || stderrTail.trim()).slice(0, 4000)}`)
}
