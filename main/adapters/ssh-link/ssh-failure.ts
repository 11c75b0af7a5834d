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
export function sshFailure({ destination, exitCode, said }: Ended): LinkFailure {
  const lines = said.split(/\r?\n/).map((line) => line.trim())
  // An agent that runs for this call alone writes its log there, in JSON.
  const last = lines.findLast((line) => line !== '' && !line.startsWith('{')) ?? ''
  if (exitCode === NOT_FOUND || /restore-agent.*not found/i.test(last)) {
    const message = `restore-agent is not installed on ${destination}, or not where its shell looks for programs.`
    return new LinkFailure('not_installed', message)
  }
  if (exitCode !== SSH_ITSELF) {
    return new LinkFailure('unreachable', `The agent on ${destination} has ended${last === '' ? '.' : `: ${last}`}`)
  }
  if (/IDENTIFICATION HAS CHANGED/.test(said)) {
    const message = `${destination} shows another host key than the one that ssh knows. Somebody may be in between; if the host was set up anew, remove its old key with ssh-keygen -R.`
    return new LinkFailure('other_key', message)
  }
  if (/Host key verification failed/.test(said)) {
    const message = `ssh does not know the host key of ${destination} yet. Log in once in a terminal, with: ssh ${destination}`
    return new LinkFailure('other_key', message)
  }
  if (/Permission denied|Too many authentication failures/.test(last)) {
    return new LinkFailure('not_admitted', `${destination} does not let this user in: ${last}`)
  }
  return new LinkFailure('unreachable', last === '' ? `ssh to ${destination} has ended.` : last)
}
