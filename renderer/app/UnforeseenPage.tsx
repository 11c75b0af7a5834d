import { t } from '@lingui/core/macro'
import type { ReactElement } from 'react'
import { describeError } from '../client/describe-fault.ts'
import { ErrorState } from '../components/ErrorState.tsx'
import { Page } from '../components/Page.tsx'

/** What stands in place of a screen that failed to draw. */
export function UnforeseenPage({
  error,
  reset,
}: {
  readonly error: unknown
  readonly reset: () => void
}): ReactElement {
  return (
    <Page title={t`This screen could not be shown`}>
      <ErrorState description={describeError(error)} onRetry={reset} />
    </Page>
  )
}
