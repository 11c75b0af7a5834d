import type { ProofState, Restorability } from '../../../contract/shapes/restorability.ts'
import { proofStateSchema } from '../../../contract/shapes/restorability.ts'

const DAY = 86_400_000

interface Shown extends Pick<Restorability, 'lastProof' | 'lastAttempt' | 'boundDays'> {
  readonly now: Date
}

/** What is known of a repository: that the last attempt failed comes before how old the last proof is. */
export function stateOf({ lastProof, lastAttempt, boundDays, now }: Shown): ProofState {
  if (lastAttempt?.failed === true) return 'failed'
  if (lastProof === null) return 'never'
  return now.getTime() - Date.parse(lastProof.at) > boundDays * DAY ? 'stale' : 'fresh'
}

/** Failed, never, stale, fresh; among these the one with the oldest proof first. */
export function worstFirst(one: Restorability, other: Restorability): number {
  const byState = proofStateSchema.options.indexOf(one.state) - proofStateSchema.options.indexOf(other.state)
  if (byState !== 0) return byState
  const byAge = provenAt(one) - provenAt(other)
  if (byAge !== 0) return byAge
  return `${one.hostId} ${one.repositoryId}`.localeCompare(`${other.hostId} ${other.repositoryId}`)
}

function provenAt({ lastProof }: Restorability): number {
  return lastProof === null ? 0 : Date.parse(lastProof.at)
}
