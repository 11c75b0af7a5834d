import { t } from '@lingui/core/macro'
import { Button, Group, Stack, Text, Title } from '@mantine/core'
import type { ReactElement } from 'react'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { ExportVerifications } from './ExportVerifications.tsx'
import { TrendPlots } from './TrendPlots.tsx'
import { useVerifications, type VerificationFilter } from './use-verifications.ts'
import { VerificationTable } from './VerificationTable.tsx'

export interface VerificationHistoryProps {
  readonly filter: VerificationFilter
  /** Another one has it read anew. */
  readonly news: unknown
  /** What an exported file is called. */
  readonly name: string
  /** They are of several replicas, so each names its own. */
  readonly namesReplica?: boolean
}

/** What was reported of restores, as plots and one by one, newest first. */
export function VerificationHistory(props: VerificationHistoryProps): ReactElement {
  const { filter, news, name, namesReplica = false } = props
  const history = useVerifications(filter, news)
  const all = history.data?.pages.flatMap(({ items }) => items)
  return (
    <section aria-label={t`What restores have shown`}>
      <Group justify="space-between" mb={6}>
        <Title order={3}>{t`What restores have shown`}</Title>
        {all !== undefined && all.length > 0 && <ExportVerifications filter={filter} name={name} />}
      </Group>
      {all === undefined ? (
        history.isError ? (
          <ErrorState description={describeError(history.error)} onRetry={() => void history.refetch()} />
        ) : (
          <LoadingRows label={t`Loading the verifications`} rows={4} columns="1fr 1fr 1fr 1fr" />
        )
      ) : all.length === 0 ? (
        <Text size="sm" c="dimmed">{t`Nothing was reported yet.`}</Text>
      ) : (
        <Stack gap="sm">
          {!namesReplica && <TrendPlots verifications={all} />}
          <VerificationTable key={all[0]?.key} verifications={all} namesReplica={namesReplica} />
          {history.hasNextPage && (
            <Group>
              <Button
                variant="default"
                loading={history.isFetchingNextPage}
                onClick={() => void history.fetchNextPage()}
              >{t`Show older ones`}</Button>
            </Group>
          )}
        </Stack>
      )}
    </section>
  )
}
