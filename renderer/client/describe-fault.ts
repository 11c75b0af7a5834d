import { plural, t } from '@lingui/core/macro'
import { Fault, type FaultData, type FaultOf } from '../../contract/errors.ts'
import { isSayable } from '../../contract/reasons.ts'
import { ConnectionLost } from '../../contract/wire/port.ts'
import { formatBytes, formatMoment } from '../components/format.ts'
import { absentWords } from './absent-words.ts'
import { busyWords } from './busy-words.ts'
import { describeConflict } from './describe-conflict.ts'
import { describeSafetyMode } from './describe-plane-conflict.ts'
import { reasonWords } from './reason-words.ts'
import { refusalWords } from './refusal-words.ts'

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
      title: t`The connection to the console was lost`,
      explanation: t`It is not known whether what you asked for was done.`,
      nextStep: t`Wait until the connection is back, then look at the runs before asking again.`,
    }
  return {
    title: t`Something unexpected happened in this window`,
    explanation: error instanceof Error ? error.message : String(error),
    nextStep: t`Reload the window; runs go on without it.`,
  }
}

function describeForbidden(needs: string): Description {
  switch (needs) {
    case 'workspace':
      return {
        title: t`This belongs to another workspace`,
        explanation: t`This window works in one workspace at a time, and what is in another one is out of its reach.`,
        nextStep: t`Switch to the workspace that it is in.`,
      }
    case 'read-folder':
    case 'read-file':
      return {
        title:
          needs === 'read-file'
            ? t`The agent cannot look into this file of the host`
            : t`The agent cannot look into this folder of the host`,
        explanation: t`It has no right to, or it does not see what the host has there: a service of systemd has its own /tmp and /var/tmp.`,
        nextStep: t`What the snapshots have of it can be compared and restored all the same.`,
      }
    default:
      return (
        describeSafetyMode(needs) ?? {
          title: t`You may not do this here`,
          explanation: t`It needs: ${needs}.`,
          nextStep: t`Ask an administrator of this host, or choose another host.`,
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
        title: absentWords(fault.data.what),
        explanation: t`Nothing is known of ${fault.data.id}. It may have been removed in the meantime.`,
        nextStep: t`Go back to the list and choose again.`,
      }
    case 'host_busy':
      return {
        title: t`This host is busy with another run`,
        explanation: busyWords(fault.data.kind),
        nextStep: t`Wait for that run, or open it and cancel it.`,
      }
    case 'conflict':
      return describeConflict(fault.data)
    case 'plan_drifted':
      return {
        title: t`The host has changed since the plan was made`,
        explanation: driftWords(fault.data),
        nextStep: t`Nothing was written. Read the new plan before you start.`,
      }
    case 'invalid_input':
      return {
        title: t`Some of what was entered cannot be used`,
        explanation: refusalWords(fault.data.issues),
        nextStep: t`Correct it and try again.`,
      }
    case 'cancelled':
      return { title: t`It was cancelled`, explanation: '', nextStep: t`Start it again when you are ready.` }
    case 'internal':
      return {
        title: t`Something unexpected happened`,
        explanation: t`The console's log has the details under ${fault.data.reference}.`,
        nextStep: t`Try again; if it happens again, report it with that reference.`,
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
        title: t`The repository is locked`,
        explanation: lockedWords(fault.data),
        nextStep: t`Wait until that restic has finished; if it is no longer running, remove its lock with “restic unlock”.`,
      }
    case 'wrong_password':
      return {
        title: t`The password is wrong`,
        explanation: t`Something is there, and this password does not open it.`,
        nextStep: t`Check the password: capital letters, spaces at its ends, and that it is the one of this place.`,
      }
    case 'repository_not_initialised':
      return {
        title: t`There is no repository at this place yet`,
        explanation: t`The place can be reached, but there is no restic repository in it.`,
        nextStep: t`Check the address; if a new repository should be there, initialise it.`,
      }
    case 'tool_missing':
      return describeMissingTool(fault.data)
    case 'tool_failed':
      return describeFailedTool(fault.data)
    case 'unreachable':
      return {
        title: unreachableWords(fault.data.host),
        explanation: awayWords(fault.data),
        nextStep: t`Check the address, and that the machine is on and can be reached, then try again.`,
      }
    case 'version_mismatch':
      return {
        title: t`The agent on this host speaks another version`,
        explanation: versionWords(fault.data),
        nextStep: t`Update the older of the two.`,
      }
    case 'no_space':
      return {
        title: t`There is not enough space at the target`,
        explanation: spaceWords(fault.data),
        nextStep: t`Choose another folder, free some space, or select less.`,
      }
  }
}

function describeMissingTool({ tool, found, wanted }: FaultData<'tool_missing'>): Description {
  return {
    title: found === null ? t`${tool} is not installed` : t`${tool} is too old`,
    explanation:
      found === null
        ? t`The host has no ${tool} that the agent can find.`
        : t`The host has version ${found}; ${wanted} or newer is needed.`,
    nextStep: t`Install ${tool} ${wanted} or newer on that host, then try again.`,
  }
}

function describeFailedTool({ tool, exitCode, stderrTail }: FaultData<'tool_failed'>): Description {
  return {
    title: t`${tool} failed`,
    explanation: exitCode === null ? t`It was ended from outside.` : t`It ended with code ${exitCode}.`,
    nextStep: t`Read what it said; all of it is in the run’s log.`,
    ...(stderrTail === '' ? {} : { detail: stderrTail }),
  }
}

function unreachableWords(host: string): string {
  return t`${host} cannot be reached`
}

function awayWords({ seenAt, ...reason }: FaultData<'unreachable'>): string {
  const said = reasonWords(reason)
  // Without a code the sentence came whole.
  if (seenAt === undefined || !isSayable(reason.why)) return said
  const moment = formatMoment(new Date(seenAt))
  return t`${said} It was last seen ${moment}.`
}

function versionWords({ ours, theirs }: FaultData<'version_mismatch'>): string {
  return t`This console speaks ${ours}, the agent ${theirs}.`
}

function describeUnauthenticated(by: FaultData<'unauthenticated'>['by']): Description {
  switch (by) {
    case 'backend':
      return {
        title: t`The server refused the user name or password`,
        explanation: t`The repository’s server can be reached but does not let this user in.`,
        nextStep: t`Check the user name and the server’s password. The repository’s own password was not tried yet.`,
      }
    case 'plane':
      return {
        title: t`The control plane does not let this console in`,
        explanation: t`It answered, and refused the token, or the lack of one.`,
        nextStep: t`Check its token. A Canopy on a tailnet needs this computer on that tailnet.`,
      }
    case 'agent':
      return {
        title: t`The agent on this host does not know this console`,
        explanation: t`It answered and refused this console’s key.`,
        nextStep: t`Enrol the host again.`,
      }
    case 'console':
      return {
        title: t`The console does not know this window`,
        explanation: t`Its ticket is missing or is no longer valid.`,
        nextStep: t`Open the address that the console printed when it started.`,
      }
  }
}

function driftWords({ added, changed, removed }: FaultData<'plan_drifted'>): string {
  if (added === null || changed === null || removed === null)
    return t`The host does not remember the earlier plan, so it cannot say what changed.`
  const said = [
    added > 0 && plural(added, { one: '# item added', other: '# items added' }),
    changed > 0 && plural(changed, { one: '# item changed', other: '# items changed' }),
    removed > 0 && plural(removed, { one: '# item removed', other: '# items removed' }),
  ].filter((words) => words !== false)
  const differences = said.join(', ')
  return said.length === 0 ? t`The same items would be written differently.` : t`Since then ${differences}.`
}

function lockedWords({ by, since }: FaultData<'repository_locked'>): string {
  if (since === null) return t`${by} holds it.`
  const moment = formatMoment(new Date(since))
  return t`${by} holds it since ${moment}.`
}

function spaceWords(data: FaultData<'no_space'>): string {
  const [needed, free] = [formatBytes(data.needed), formatBytes(data.free)]
  return t`${needed} are needed and ${free} are free.`
}
