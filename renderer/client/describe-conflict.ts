import type { FaultData } from '../../contract/errors.ts'
import { describeAuditConflict } from './describe-audit-conflict.ts'
import type { Description } from './describe-fault.ts'
import { describeHostConflict } from './describe-host-conflict.ts'
import { describePlaneConflict } from './describe-plane-conflict.ts'
import { describeRestoreConflict } from './describe-restore-conflict.ts'
import { describeUpdateConflict } from './describe-update-conflict.ts'
import { describeWorkspaceConflict } from './describe-workspace-conflict.ts'

/** The sentences for each word that a `conflict` may say; `detail` names the thing that is in the way. */
export function describeConflict({ what, detail }: FaultData<'conflict'>): Description {
  switch (what) {
    case 'repository_exists':
      return {
        title: 'There is a repository at this place already',
        explanation: detail,
        nextStep: 'Use the one that is there, or choose another place.',
      }
    case 'secrets_exist':
      return {
        title: 'A passphrase was chosen before',
        explanation: 'The encrypted file with the console’s secrets exists already.',
        nextStep: 'Unlock it with its passphrase.',
      }
    case 'secrets_locked':
      return {
        title: 'The console’s secrets are locked',
        explanation: 'Nothing that needs a password can be done until they are open.',
        nextStep: 'Unlock them with your passphrase.',
      }
    case 'keychain_locked':
      return {
        title: 'The keychain cannot be opened',
        explanation: detail,
        nextStep: 'Unlock this computer’s keychain, then try again.',
      }
    case 'secrets_damaged':
      return {
        title: 'The encrypted file with the secrets is damaged',
        explanation: 'It is not what the console wrote, so no passphrase can open it.',
        nextStep: 'Put it back from a backup of the console’s data folder.',
      }
    default:
      return (
        describeHostConflict(what, detail) ??
        describeRestoreConflict(what, detail) ??
        describeAuditConflict(what, detail) ??
        describeWorkspaceConflict(what, detail) ??
        describePlaneConflict(what, detail) ??
        describeUpdateConflict(what, detail) ??
        describeUnknown(what, detail)
      )
  }
}

function describeUnknown(what: string, detail: string): Description {
  return {
    title: 'Something is in the way',
    explanation: `${what.replaceAll('_', ' ')}${detail === '' ? '' : `: ${detail}`}`,
    nextStep: 'Look at it, then try again.',
  }
}
