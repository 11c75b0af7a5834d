import { Fault, type FaultOf, writeFault } from '../../contract/errors.ts'
import { sentenceOfConflict } from './conflict-sentences.ts'

/** What went wrong, in one line for a terminal: what is so, and where it helps the next step. */
export function sentenceOf(error: unknown): string {
  const text = error instanceof Fault ? sentenceOfFault(writeFault(error)) : wordsOf(error)
  return text.trim().replaceAll(/\s*\n\s*/g, ' ')
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function sentenceOfFault({ code, data }: FaultOf): string {
  switch (code) {
    case 'unauthenticated':
      return "The repository's server refused the user name or the password."
    case 'forbidden':
      return `That needs ${data.needs}.`
    case 'not_found':
      return `There is no ${data.what} ${data.id}.`
    case 'host_busy':
      return `Another run holds this host: ${data.runId}.`
    case 'conflict':
      return sentenceOfConflict(data.what, data.detail) ?? `${data.what}: ${data.detail}`
    case 'plan_drifted':
      return 'What would be restored has changed since it was planned: plan it anew.'
    case 'invalid_input':
      return data.issues.map(({ message }) => message).join(' ')
    case 'repository_locked':
      return `${data.by || 'Another restic'} holds the repository. Wait for it, or remove a dead one's lock with "restic unlock".`
    case 'wrong_password':
      return 'The password does not open this repository.'
    case 'repository_not_initialised':
      return 'There is no repository at this address.'
    case 'tool_missing':
      return `${data.tool} ${data.wanted} or newer is needed and ${data.found === null ? 'none was found' : `this is ${data.found}`}.`
    case 'tool_failed':
      return `${data.tool} failed${data.exitCode === null ? '' : ` with exit code ${data.exitCode}`}: ${data.stderrTail}`
    case 'unreachable':
      return `${data.host} cannot be reached: ${data.reason}`
    case 'version_mismatch':
      return `The other side speaks version ${data.theirs}, this one ${data.ours}.`
    case 'no_space':
      return `${data.needed} bytes are needed and ${data.free} are free.`
    case 'cancelled':
      return 'It was cancelled.'
    case 'internal':
      return `Something unforeseen went wrong (${data.reference}).`
  }
}
