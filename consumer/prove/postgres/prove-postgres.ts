import { makePassable } from '../../make-passable.ts'
import type { Clock } from '../../clock.ts'
import { type Proof, ProofFailed, type Proving } from '../proof.ts'
import { configure, letIn, READER } from './configuration.ts'
import { findCluster, gather } from './find-cluster.ts'
import { handOver } from '../hand-over.ts'
import { findPrograms } from './programs.ts'
import { checkAll, readDatabases } from './read-databases.ts'
import { type PostgresServer, startServer } from './server.ts'

/** Seconds until a server that recovers must be ready. */
const PATIENCE = 1800

/** A cluster that was brought to life; it is stopped when it is disposed. */
export interface LivingCluster extends AsyncDisposable {
  readonly server: PostgresServer
  readonly proof: Proof
}

/**
 * Start the PostgreSQL of the restored cluster's own version as an unprivileged user, on a socket in a private folder, and read all of its
 * databases. Throws `ProofFailed` with the server's own words.
 */
export async function proveCluster(proving: Proving, clock: Clock): Promise<LivingCluster> {
  const { directory, beside, unprivileged, signal, mark, entry } = proving
  const found = await findCluster(directory, signal)
  const programs = await findPrograms(found.version)
  await makePassable(beside)
  const cluster = await gather(found, directory, beside)
  const configured = await configure(cluster, beside)
  await handOver(proving, ['0700'], cluster.dataDirectory, [beside])
  await using stack = new AsyncDisposableStack()
  const { dataDirectory } = cluster
  const began = clock.elapsed()
  const options = { programs, configured, dataDirectory, mark, unprivileged, clock, patience: PATIENCE }
  const server = stack.use(await startServer(options, signal))
  const startSeconds = Math.round((clock.elapsed() - began) / 100) / 10
  const { version, sizes, relations } = await readDatabases(server, signal)
  if (entry.params['amcheck'] === true) await checkAll(server)
  const proof = { postgresVersion: version, details: { sizes, relations, start_duration_sec: startSeconds } }
  const owned = stack.move()
  return { server, proof, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** From now on only readers come in, who can change nothing. Throws `ProofFailed`. */
export async function openToReaders({ server, proof }: LivingCluster, beside: string): Promise<void> {
  const major = Number(proof.postgresVersion?.split('.')[0])
  if (major < 14)
    throw new ProofFailed(`Replicas that stay need PostgreSQL 14 or later, and this is ${proof.postgresVersion}.`)
  await server.query(
    'template1',
    `DO $$ BEGIN
       IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${READER}') THEN CREATE ROLE ${READER} LOGIN; END IF;
     END $$;
     ALTER ROLE ${READER} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
     ALTER ROLE ${READER} SET default_transaction_read_only = on;
     GRANT pg_read_all_data TO ${READER};`,
  )
  const databases = await server.query('template1', 'SELECT datname FROM pg_database WHERE datallowconn')
  for (const [name = ''] of databases) await server.query(name, 'REVOKE CREATE ON SCHEMA public FROM PUBLIC')
  await letIn('reader', beside)
  await server.query('template1', 'SELECT pg_reload_conf()')
}
