import { Fault, writeFault } from '../../../contract/errors.ts'
import { type Reason, reasonIn, reasonOf } from '../../../contract/reasons.ts'
import type { Link } from '../../../contract/shapes/host.ts'
import { ConnectionLost } from '../../../contract/wire/port.ts'
import { LinkFailure, type Obstacle } from './doors.ts'

/** What stays so until somebody does something about it: to dial again would only fill a log. */
const LASTING: readonly Obstacle[] = ['other_key', 'not_admitted', 'not_installed', 'no_ssh']

export type Outcome = Pick<Link, 'state'> & Reason

/** Why a host's agent cannot be used, and whether it is worth trying again. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof LinkFailure) {
    return { state: LASTING.includes(error.obstacle) ? 'refused' : 'unreachable', ...error.reason }
  }
  if (error instanceof ConnectionLost) {
    return { state: 'unreachable', ...reasonOf('connection_closed', { said: error.message }) }
  }
  if (!(error instanceof Fault)) return { state: 'unreachable', ...reasonIn(error) }
  const { code, data } = writeFault(error)
  if (code === 'version_mismatch') return { state: 'refused', ...reasonOf('versions_apart') }
  if (code !== 'forbidden') return { state: 'unreachable', ...reasonOf('agent_refused', { code }) }
  const { needs } = data
  if (needs === 'passphrase') return { state: 'unreachable', ...reasonOf('secrets_locked') }
  if (needs === 'workspace') return { state: 'refused', ...reasonOf('of_other_workspace') }
  return { state: 'refused', ...reasonOf('agent_needs', { needs }) }
}
