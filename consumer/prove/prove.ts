import { isEphemeral, isKnown } from '../loop/intents.ts'
import type { Clock } from '../clock.ts'
import { type OwnCommand, proveFiles } from './prove-files.ts'
import { proveSqlite } from './prove-sqlite.ts'
import { type LivingCluster, openToReaders, proveCluster } from './postgres/prove-postgres.ts'
import { type Proof, ProofFailed, type Proving } from './proof.ts'

export interface Provers {
  readonly clock: Clock
  /** The program that checks one SQLite database. */
  readonly sqliteChecker: URL
  /** What looks at restored files; null where nobody gave one. */
  readonly command: OwnCommand | null
}

export interface Proven {
  readonly proof: Proof
  /** Of a replica that stays: it runs, and is open to readers. */
  readonly living: LivingCluster | undefined
}

/** How data of a type is proven. A type is an open word: what a plane calls `tamanu-postgres` is a PostgreSQL too. */
function kindOf(type: string): 'postgres' | 'sqlite' | 'files' {
  if (/(^|[-_])postgres(ql)?$/.test(type)) return 'postgres'
  return /(^|[-_])sqlite$/.test(type) ? 'sqlite' : 'files'
}

/** True where what was restored goes on living when it was proven. */
export function isStaying(intent: string): boolean {
  return isKnown(intent) && !isEphemeral(intent)
}

/** Bring restored data to life. A cluster that stays is the caller's to dispose. Throws `ProofFailed`. */
export async function prove(proving: Proving, provers: Provers): Promise<Proven> {
  const { type, intent } = proving.entry
  const kind = kindOf(type)
  if (isStaying(intent) && kind !== 'postgres') {
    throw new ProofFailed(`A replica that stays is a PostgreSQL, and "${type}" is none.`)
  }
  if (kind === 'sqlite') return { proof: await proveSqlite(proving, provers.sqliteChecker), living: undefined }
  if (kind === 'files') return { proof: await proveFiles(proving, provers.command), living: undefined }
  await using stack = new AsyncDisposableStack()
  const living = stack.use(await proveCluster(proving, provers.clock))
  if (!isStaying(intent)) return { proof: living.proof, living: undefined }
  await openToReaders(living, proving.beside)
  stack.move()
  return { proof: living.proof, living }
}
