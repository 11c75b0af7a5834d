import { t } from '@lingui/core/macro'
import type { StateName } from './StateBadge.tsx'

const WORDS: Readonly<Record<StateName, string>> = {
  queued: t`queued`,
  running: t`running`,
  succeeded: t`succeeded`,
  partial: t`partial`,
  failed: t`failed`,
  cancelled: t`cancelled`,
  interrupted: t`interrupted`,
  unknown: t`unknown`,
}

/** A state in a word, the same word everywhere. */
export function stateWord(state: StateName): string {
  return WORDS[state]
}
