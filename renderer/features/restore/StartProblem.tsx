import { t } from '@lingui/core/macro'
import { Button } from '@mantine/core'
import type { ReactElement } from 'react'
import { isFault } from '../../../contract/errors.ts'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { BusyNotice } from '../runs/index.ts'

export interface StartProblemProps {
  readonly hostId: string
  /** Null while nothing went wrong. */
  readonly error: unknown
  /** Make the plan again. */
  onAgain(): void
  /** It was seen, and is to be said no more. */
  onSeen(): void
}

/** Why it was not started. What was typed and chosen stays. */
export function StartProblem({ hostId, error, onAgain, onSeen }: StartProblemProps): ReactElement | null {
  if (error === null) return null
  if (isFault(error, 'host_busy')) return <BusyNotice hostId={hostId} fault={error} />
  const drifted = isFault(error, 'plan_drifted') || (isFault(error, 'conflict') && error.data.what === 'plan_needed')
  return (
    <ErrorState
      description={describeError(error)}
      action={
        drifted && (
          <Button
            variant="default"
            onClick={() => {
              onSeen()
              onAgain()
            }}
          >{t`Look at the new plan`}</Button>
        )
      }
    />
  )
}
