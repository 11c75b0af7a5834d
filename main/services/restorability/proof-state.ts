import type { ProofState, Restorability } from '../../../contract/shapes/restorability.ts'
import { proofStateSchema } from '../../../contract/shapes/restorability.ts'

const DAY = 86_400_000

interface Shown extends Pick<Restorability, 'lastProof' | 'lastAttempt' | 'lastVerified' | 'failing' | 'boundDays'> {
  readonly now: Date
}

/**
 * What is known of a repository: that the last attempt failed comes before how old the last proof is. Restores and verifications count
 * alike: what failed is over as soon as the other kind has shown something since.
 */
export function stateOf(shown: Shown): ProofState {
  const { lastAttempt, lastVerified, failing, boundDays, now } = shown
  const attemptAt = momentOf(lastAttempt)
  if (failing !== null && momentOf(failing) > attemptAt) return 'failed'
  if (lastAttempt?.failed === true && momentOf(lastVerified) <= attemptAt) return 'failed'
  const provenAt = provenAtOf(shown)
  if (provenAt === 0) return 'never'
  return now.getTime() - provenAt > boundDays * DAY ? 'stale' : 'fresh'
}

/** Failed, never, stale, fresh; among these the one with the oldest proof first. */
export function worstFirst(one: Restorability, other: Restorability): number {
  const byState = proofStateSchema.options.indexOf(one.state) - proofStateSchema.options.indexOf(other.state)
  if (byState !== 0) return byState
  const byAge = provenAtOf(one) - provenAtOf(other)
  if (byAge !== 0) return byAge
  return `${one.hostId} ${one.repositoryId}`.localeCompare(`${other.hostId} ${other.repositoryId}`)
}

/** Milliseconds since the epoch; 0 for never. */
function provenAtOf({ lastProof, lastVerified }: Pick<Restorability, 'lastProof' | 'lastVerified'>): number {
  return Math.max(momentOf(lastProof), momentOf(lastVerified))
}

function momentOf(one: { readonly at: string } | null): number {
  return one === null ? 0 : Date.parse(one.at)
}
