import { t } from '@lingui/core/macro'
import { isFault } from '../../../contract/errors.ts'
import { type Description, describeError } from '../../client/describe-fault.ts'

/** The sentences for a file that could not be looked at; `host` is what its host is called. */
export function describeRefusal(error: unknown, host: string): Description {
  if (!isFault(error, 'forbidden') || error.data.needs !== 'read-contents') return describeError(error)
  return {
    title: t`You may not look into files of ${host}`,
    explanation: t`It needs the permission “read-contents”, which comes with no role, not even the administrator’s.`,
    nextStep: t`Ask whoever looks after ${host}: it is given when this console is enrolled there, with “--may-read-contents”. Restoring the file needs no such permission.`,
  }
}
