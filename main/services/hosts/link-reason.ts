import { Fault } from '../../../contract/errors.ts'
import type { Link } from '../../../contract/shapes/host.ts'
import { LinkFailure, type Obstacle } from './doors.ts'

/** What stays so until somebody does something about it: to dial again would only fill a log. */
const LASTING: readonly Obstacle[] = ['other_key', 'not_admitted', 'not_installed', 'no_ssh']

/** Why a host's agent cannot be used: a sentence for the operator, and whether it is worth trying again. */
export function outcomeOf(error: unknown): Pick<Link, 'state' | 'reason'> {
  if (error instanceof LinkFailure) {
    return { state: LASTING.includes(error.obstacle) ? 'refused' : 'unreachable', reason: error.message }
  }
  if (!(error instanceof Fault)) {
    return { state: 'unreachable', reason: error instanceof Error ? error.message : String(error) }
  }
  if (error.code === 'version_mismatch') {
    return { state: 'refused', reason: 'The agent and this console are of versions that do not fit.' }
  }
  if (error.code !== 'forbidden') return { state: 'unreachable', reason: `The agent answered ${error.code}.` }
  const { needs } = error.data as { readonly needs: string }
  if (needs === 'passphrase') return { state: 'unreachable', reason: 'The console’s secrets are not open.' }
  if (needs === 'workspace') return { state: 'refused', reason: 'The host belongs to another workspace.' }
  return { state: 'refused', reason: `The agent does not let this console in: it needs ${needs}.` }
}
