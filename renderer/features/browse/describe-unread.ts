import { t } from '@lingui/core/macro'
import { isFault } from '../../../contract/errors.ts'
import { describeError } from '../../client/describe-fault.ts'
import type { Away } from '../hosts/index.ts'

/** One sentence for a directory that could not be read; a quiet one where that is only because nobody can be asked. */
export function describeUnread(error: unknown, away: Away | null): { readonly text: string; readonly quiet: boolean } {
  if (away !== null && isFault(error, 'unreachable'))
    return { text: t`Not read before, so it cannot be shown while the repository is away.`, quiet: true }
  const { title, nextStep } = describeError(error)
  return { text: `${title}. ${nextStep}`, quiet: false }
}
