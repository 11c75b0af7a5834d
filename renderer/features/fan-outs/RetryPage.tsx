import { t } from '@lingui/core/macro'
import type { ReactElement } from 'react'
import { describeError } from '../../client/describe-fault.ts'
import { useHosts } from '../../client/hosts-context.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Page } from '../../components/Page.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { useTrail } from '../../components/trail.tsx'
import { FanOutForm } from './FanOutForm.tsx'
import { failedHosts } from './fan-out-words.ts'
import { useFanOut } from './use-fan-out.ts'

/** The same restore again, on the hosts alone on which it did not succeed. */
export function RetryPage({ fanOutId }: { readonly fanOutId: string }): ReactElement {
  useTrail([
    { label: t`On several hosts`, path: '/fan-outs' },
    { label: t`Restore`, path: `/fan-outs/${fanOutId}` },
    { label: t`Try again` },
  ])
  const hosts = useHosts()
  const { value: fanOut, state, error, again } = useFanOut(fanOutId)
  const from = fanOut?.hosts[0]?.hostId
  return (
    <Page title={t`Try again on the hosts that failed`}>
      {fanOut === null || from === undefined || hosts.state === 'waiting' ? (
        <SectionCard>
          {state === 'failed' ? (
            <ErrorState description={describeError(error)} onRetry={again} />
          ) : (
            <LoadingRows label={t`Loading`} columns="2fr 1fr" />
          )}
        </SectionCard>
      ) : (
        <FanOutForm
          key={fanOut.id}
          hostId={from}
          request={fanOut.request}
          hosts={hosts.value.filter(({ id }) => failedHosts(fanOut).includes(id))}
          chosen={failedHosts(fanOut)}
          follows={fanOut.id}
        />
      )}
    </Page>
  )
}
