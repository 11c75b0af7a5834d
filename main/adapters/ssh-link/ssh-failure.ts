import { reasonOf } from '../../../contract/reasons.ts'
import { LinkFailure } from '../../services/hosts/index.ts'

/** The exit codes of ssh for a failure of its own (ssh(1), "EXIT STATUS"), and of a shell for a command that is not there. */
const SSH_ITSELF = 255
const NOT_FOUND = 127

interface Ended {
  readonly destination: string
  /** Null when a signal ended it. */
  readonly exitCode: number | null
  /** The end of what it wrote on its standard error. */
  readonly said: string
}

/** Why an ssh has ended, read from what it said last. */
export function sshFailure({ destination, exitCode, said: all }: Ended): LinkFailure {
  const lines = all.split(/\r?\n/).map((line) => line.trim())
  // An agent that runs for this call alone writes its log there, in JSON.
  const said = lines.findLast((line) => line !== '' && !line.startsWith('{')) ?? ''
  if (exitCode === NOT_FOUND || /restore-agent.*not found/i.test(said)) {
    return new LinkFailure('not_installed', reasonOf('agent_absent', { destination }))
  }
  if (exitCode !== SSH_ITSELF) {
    const ended = reasonOf('agent_ended', { destination })
    return new LinkFailure('unreachable', said === '' ? ended : reasonOf('agent_ended_saying', { destination, said }))
  }
  if (/IDENTIFICATION HAS CHANGED/.test(all)) {
    return new LinkFailure('other_key', reasonOf('ssh_other_key', { destination }))
  }
  if (/Host key verification failed/.test(all)) {
    return new LinkFailure('other_key', reasonOf('ssh_key_unknown', { destination }))
  }
  if (/Permission denied|Too many authentication failures/.test(said)) {
    return new LinkFailure('not_admitted', reasonOf('ssh_refused', { destination, said }))
  }
  return new LinkFailure(
    'unreachable',
    said === '' ? reasonOf('ssh_ended', { destination }) : reasonOf('ssh_said', { said }),
  )
}
