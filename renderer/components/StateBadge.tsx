import { t } from '@lingui/core/macro'
import type { ReactElement, ReactNode } from 'react'
import classes from './StateBadge.module.css'

export type StateName =
  | 'queued'
  | 'running'
  | 'succeeded'
  | 'partial'
  | 'failed'
  | 'cancelled'
  | 'interrupted'
  | 'unknown'

/** What each state is called. */
export const STATE_WORDS: Readonly<Record<StateName, string>> = {
  queued: t`queued`,
  running: t`running`,
  succeeded: t`succeeded`,
  partial: t`partial`,
  failed: t`failed`,
  cancelled: t`cancelled`,
  interrupted: t`interrupted`,
  unknown: t`unknown`,
}

export interface StateBadgeProps {
  /** Chooses the colour, and the word where no other is given. */
  readonly state: StateName
  /** Another word for the same colour: `connected`, `away since 08:40`. */
  readonly children?: ReactNode
  /** A sign in the place of the dot: it says the state without its colour. */
  readonly icon?: ReactNode
}

/** State is a dot and a word, the same word everywhere. */
export function StateBadge({ state, children, icon }: StateBadgeProps): ReactElement {
  return (
    <span className={classes['badge']} data-state={state}>
      {icon ?? <span className={classes['dot']} aria-hidden="true" />}
      <span className={classes['word']}>{children ?? STATE_WORDS[state]}</span>
    </span>
  )
}
