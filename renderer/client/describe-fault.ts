import { Fault, type FaultData, type FaultOf } from '../../contract/errors.ts'
import { ConnectionLost } from '../../contract/wire/port.ts'
import { formatBytes, formatMoment, formatNumberOf } from '../components/format.ts'
import { describeConflict } from './describe-conflict.ts'
import { describeSafetyMode } from './describe-plane-conflict.ts'

/** What the screen says of a failure. `explanation` may be empty; `detail` is a tool's own words, to be shown in mono. */
export interface Description {
  /** What is so. */
  readonly title: string
  /** Why. */
  readonly explanation: string
  /** One thing to do now. */
  readonly nextStep: string
  readonly detail?: string
}

/** The sentences for anything that was thrown. */
export function describeError(error: unknown): Description {
  // A fault's code and data belong together; the class's own type cannot say so.
  if (error instanceof Fault) return describeFault({ code: error.code, data: error.data } as FaultOf)
  if (error instanceof ConnectionLost)
    return {
      title: 'The connection to the console was lost',
      explanation: 'It is not known whether what you asked for was done.',
      nextStep: 'Wait until the connection is back, then look at the runs before asking again.',
    }
  return {
    title: 'Something unforeseen happened in this window',
    explanation: error instanceof Error ? error.message : String(error),
    nextStep: 'Reload the window; runs go on without it.',
  }
}

function describeForbidden(needs: string): Description {
  switch (needs) {
    case 'workspace':
      return {
        title: 'This belongs to another workspace',
        explanation: 'This window works in one workspace at a time, and what is in another one is out of its reach.',
        nextStep: 'Switch to the workspace that it is in.',
      }
    case 'read-folder':
    case 'read-file':
      return {
        title: `The agent cannot look into this ${needs === 'read-file' ? 'file' : 'folder'} of the host`,
        explanation:
          'It has no right to, or it does not see what the host has there: a service of systemd has its own /tmp and /var/tmp.',
        nextStep: 'What the snapshots have of it can be compared and restored all the same.',
      }
    default:
      return (
        describeSafetyMode(needs) ?? {
          title: 'You may not do this here',
          explanation: `It needs: ${needs}.`,
          nextStep: 'Ask an administrator of this host, or choose another host.',
        }
      )
  }
}

/** The sentences for every fault of the closed set: what is so, why, and one next step. */
export function describeFault(fault: FaultOf): Description {
  switch (fault.code) {
    case 'unauthenticated':
      return describeUnauthenticated(fault.data.by)
    case 'forbidden':
      return describeForbidden(fault.data.needs)
    case 'not_found':
      return {
        title: `This ${fault.data.what} is not there`,
        explanation: `Nothing is known of ${fault.data.id}. It may have been removed in the meantime.`,
        nextStep: 'Go back to the list and choose again.',
      }
    case 'host_busy':
      return {
        title: 'This host is busy with another run',
        explanation: `A host does one run at a time; its ${fault.data.kind} run holds it.`,
        nextStep: 'Wait for that run, or open it and cancel it.',
      }
    case 'conflict':
      return describeConflict(fault.data)
    case 'plan_drifted':
      return {
        title: 'The host has moved on since the plan was made',
        explanation: driftWords(fault.data),
        nextStep: 'Nothing was written. Read the new plan before you start.',
      }
    case 'invalid_input':
      return {
        title: 'Something that was entered cannot be used',
        explanation: fault.data.issues.map((issue) => issue.message).join(' '),
        nextStep: 'Correct it and try again.',
      }
    case 'cancelled':
      return { title: 'It was cancelled', explanation: '', nextStep: 'Start it again when you are ready.' }
    case 'internal':
      return {
        title: 'Something unforeseen happened',
        explanation: `The console's log has the details under ${fault.data.reference}.`,
        nextStep: 'Try again; if it happens again, report it with that reference.',
      }
    default:
      return describeOutside(fault)
  }
}

type OutsideCode =
  | 'repository_locked'
  | 'wrong_password'
  | 'repository_not_initialised'
  | 'tool_missing'
  | 'tool_failed'
  | 'unreachable'
  | 'version_mismatch'
  | 'no_space'

/** What went wrong outside of us: the repository, the tools, the network, the disk. */
function describeOutside(fault: FaultOf<OutsideCode>): Description {
  switch (fault.code) {
    case 'repository_locked':
      return {
        title: 'The repository is locked',
        explanation: `${fault.data.by} holds it${fault.data.since === null ? '' : ` since ${formatMoment(new Date(fault.data.since))}`}.`,
        nextStep:
          'Wait until that restic has finished; if it is no longer running, remove its lock with “restic unlock”.',
      }
    case 'wrong_password':
      return {
        title: 'The password is wrong',
        explanation: 'Something is there, and this password does not open it.',
        nextStep: 'Check the password: capital letters, spaces at its ends, and that it is the one of this place.',
      }
    case 'repository_not_initialised':
      return {
        title: 'There is no repository at this place yet',
        explanation: 'The place can be reached, and no restic repository is in it.',
        nextStep: 'Check the address; if a new repository should be there, initialise it.',
      }
    case 'tool_missing':
      return {
        title: fault.data.found === null ? `${fault.data.tool} is not installed` : `${fault.data.tool} is too old`,
        explanation:
          fault.data.found === null
            ? `The host has no ${fault.data.tool} that the agent can find.`
            : `The host has version ${fault.data.found}; ${fault.data.wanted} or newer is needed.`,
        nextStep: `Install ${fault.data.tool} ${fault.data.wanted} or newer on that host, then try again.`,
      }
    case 'tool_failed':
      return {
        title: `${fault.data.tool} failed`,
        explanation:
          fault.data.exitCode === null ? 'It was ended from outside.' : `It ended with code ${fault.data.exitCode}.`,
        nextStep: 'Read what it said; the whole of it stands in the log of the run.',
        ...(fault.data.stderrTail === '' ? {} : { detail: fault.data.stderrTail }),
      }
    case 'unreachable':
      return {
        title: `${fault.data.host} cannot be reached`,
        explanation: fault.data.reason,
        nextStep: 'Check the address, and that the machine is on and can be reached, then try again.',
      }
    case 'version_mismatch':
      return {
        title: 'The agent on this host speaks another version',
        explanation: `This console speaks ${fault.data.ours}, the agent ${fault.data.theirs}.`,
        nextStep: 'Update the older of the two.',
      }
    case 'no_space':
      return {
        title: 'There is not enough space at the target',
        explanation: `${formatBytes(fault.data.needed)} are needed and ${formatBytes(fault.data.free)} are free.`,
        nextStep: 'Choose another folder, free some space, or select less.',
      }
  }
}

function describeUnauthenticated(by: FaultData<'unauthenticated'>['by']): Description {
  switch (by) {
    case 'backend':
      return {
        title: 'The server refused the user name or password',
        explanation: 'The repository’s server can be reached and does not let this user in.',
        nextStep: 'Check the user name and the server’s password. The repository’s own password was not tried yet.',
      }
    case 'plane':
      return {
        title: 'The control plane does not let this console in',
        explanation: 'It answered, and refused the token, or that there is none.',
        nextStep: 'Check its token; a Canopy is reached by whoever is on its tailnet as a user.',
      }
    case 'agent':
      return {
        title: 'The agent on this host does not know this console',
        explanation: 'It answered and refused this console’s key.',
        nextStep: 'Enrol the host again.',
      }
    case 'console':
      return {
        title: 'The console does not know this window',
        explanation: 'Its ticket is missing or is no longer valid.',
        nextStep: 'Open the address that the console printed when it started.',
      }
  }
}

function driftWords({ added, changed, removed }: FaultData<'plan_drifted'>): string {
  if (added === null || changed === null || removed === null)
    return 'The host does not remember the earlier plan, so it cannot say in what.'
  const counts = [
    [added, 'added'],
    [changed, 'changed'],
    [removed, 'removed'],
  ] as const
  const said = counts.flatMap(([count, word]) => (count === 0 ? [] : [`${formatNumberOf(count, 'item')} ${word}`]))
  return said.length === 0 ? 'The same items would be written otherwise.' : `Since then ${said.join(', ')}.`
}
