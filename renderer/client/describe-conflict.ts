import { t } from '@lingui/core/macro'
import type { FaultData } from '../../contract/errors.ts'
import { describeAuditConflict } from './describe-audit-conflict.ts'
import type { Description } from './describe-fault.ts'
import { describeHostConflict } from './describe-host-conflict.ts'
import { describePlaneConflict } from './describe-plane-conflict.ts'
import { describeRestoreConflict } from './describe-restore-conflict.ts'
import { describeUpdateConflict } from './describe-update-conflict.ts'
import { describeWorkspaceConflict } from './describe-workspace-conflict.ts'
import { reasonWords } from './reason-words.ts'

/** The sentences for each word that a `conflict` may say; `detail` names the thing that is in the way, or says why. */
export function describeConflict({ what, detail: named, why }: FaultData<'conflict'>): Description {
  const detail = reasonWords({ reason: named, why })
  switch (what) {
    case 'repository_exists':
      return {
        title: t`There is a repository at this place already`,
        explanation: detail,
        nextStep: t`Use the one that is there, or choose another place.`,
      }
    case 'key_excessive':
      return {
        title: t`A key of this repository would take more memory or time than is reasonable`,
        explanation: t`${detail}. restic makes no such key: somebody else may have written to the repository.`,
        nextStep: t`Find out who can write to the repository and whose key that is, then delete its file there.`,
      }
    case 'secrets_exist':
      return {
        title: t`A passphrase was chosen before`,
        explanation: t`The encrypted file with the console’s secrets exists already.`,
        nextStep: t`Unlock it with its passphrase.`,
      }
    case 'secrets_locked':
      return {
        title: t`The console’s secrets are locked`,
        explanation: t`Nothing that needs a password can be done until they are unlocked.`,
        nextStep: t`Unlock them with your passphrase.`,
      }
    case 'keychain_locked':
      return {
        title: t`The keychain cannot be opened`,
        explanation: detail,
        nextStep: t`Unlock this computer’s keychain, then try again.`,
      }
    case 'secrets_damaged':
      return {
        title: t`The encrypted file with the secrets is damaged`,
        explanation: t`It is not what the console wrote, so no passphrase can open it.`,
        nextStep: t`Put it back from a backup of the console’s data folder.`,
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
    title: t`Something is in the way`,
    explanation: `${what.replaceAll('_', ' ')}${detail === '' ? '' : `: ${detail}`}`,
    nextStep: t`Look at it, then try again.`,
  }
}
