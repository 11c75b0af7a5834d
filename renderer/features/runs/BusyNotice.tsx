import { t } from '@lingui/core/macro'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { Fault } from '../../../contract/errors.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { ConfirmButton } from '../../components/ConfirmButton.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'

export interface BusyNoticeProps {
  readonly hostId: string
  /** What refused the start; it names the run that holds the host. */
  readonly fault: Fault<'host_busy'>
}

/** The host does another run: the way to it, and the way to end it. */
export function BusyNotice({ hostId, fault }: BusyNoticeProps): ReactElement {
  const client = useClient()
  const { runId } = fault.data
  const cancel = useMutation({ mutationFn: () => client.runs.cancel({ hostId, runId, when: 'now' }) })
  if (cancel.isError) return <ErrorState description={describeError(cancel.error)} onRetry={cancel.reset} />
  if (cancel.isSuccess) return <StateBadge state="succeeded">{t`That run has ended; this host is free.`}</StateBadge>
  return (
    <ErrorState
      description={describeError(fault)}
      action={
        <>
          <ButtonLink
            to="/hosts/$hostId/runs/$runId"
            params={{ hostId, runId }}
            variant="default"
          >{t`Open it`}</ButtonLink>
          <ConfirmButton
            variant="default"
            loading={cancel.isPending}
            question={t`That run stops where it is. What it has written so far stays.`}
            confirm={t`Cancel that run`}
            keep={t`Let it run`}
            onConfirm={() => cancel.mutate()}
          >{t`Cancel it…`}</ConfirmButton>
        </>
      }
    />
  )
}
