import type { StandingState } from '../../../contract/control-plane/standing.ts'
import type { ReplicaStanding } from '../../../contract/shapes/replica.ts'

/** Worst first. */
const ORDER: readonly StandingState[] = [
  'failing',
  'overdue',
  'gap',
  'group-not-ready',
  'machine-gone',
  'unknown',
  'never-reported',
  'waiting-for-backup',
  'in-progress',
  'healthy',
  'not-reporting',
  'disabled',
]

/** Worst first. */
export function worstFirst(standings: readonly ReplicaStanding[]): ReplicaStanding[] {
  return standings.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
}
