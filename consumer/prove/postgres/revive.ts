import type { Clock } from '../../clock.ts'
import { ProofFailed, type Proving } from '../proof.ts'
import { configure, letIn } from './configuration.ts'
import { findCluster } from './find-cluster.ts'
import { handOver } from '../hand-over.ts'
import { findPrograms } from './programs.ts'
import type { LivingCluster } from './prove-postgres.ts'
import { startServer } from './server.ts'

const PATIENCE = 600

/** Start a replica that stays once more, after the consumer or its machine was away. Readers alone are let in. Throws `ProofFailed`. */
export async function revive(
  { beside, mark, unprivileged, signal }: Omit<Proving, 'directory' | 'entry'>,
  clock: Clock,
): Promise<LivingCluster> {
  const { dataDirectory, version } = await findCluster(beside, signal)
  const programs = await findPrograms(version)
  const configured = await configure({ dataDirectory, version }, beside)
  await handOver({ unprivileged, signal }, ['0700'], dataDirectory, [beside])
  const options = { programs, configured, dataDirectory, mark, unprivileged, clock, patience: PATIENCE }
  const server = await startServer(options, signal)
  const shown = (await server.query('template1', 'SHOW server_version'))[0]?.[0]
  if (shown === undefined) throw new ProofFailed('PostgreSQL does not say its version.')
  await letIn('reader', beside)
  await server.query('template1', 'SELECT pg_reload_conf()')
  const proof = { postgresVersion: shown.split(' ')[0] ?? shown, details: {} }
  return { server, proof, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}
