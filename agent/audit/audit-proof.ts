import { hostname } from 'node:os'
import { setImmediate as others } from 'node:timers/promises'
import { AuditProof, type Breathe } from '../../contract/audit-chain/audit-proof.ts'
import type { Clock } from '../clock.ts'
import type { Journal } from '../journal/open-journal.ts'
import { chain } from './chain.ts'
import { journalSource } from './journal-source.ts'

interface ProofDeps {
  readonly journal: Pick<Journal, 'audit' | 'auditSegments'>
  readonly agentId: string
  readonly clock: Clock
}

/** Shows whether this host's audit is what was written. */
export function proofOf({ journal, agentId, clock }: ProofDeps): AuditProof {
  const owner = { agentId, hostname: hostname() }
  return new AuditProof({ chain, source: journalSource(journal), owner, now: () => clock.now() })
}

/** The turns of others during a check, which ends when the signal aborts. */
export function breathing(signal: AbortSignal): Breathe {
  return () => others(undefined, { signal })
}
