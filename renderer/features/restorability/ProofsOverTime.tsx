import { t } from '@lingui/core/macro'
import { Anchor, ScrollArea, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { PastRestore } from '../../../contract/shapes/past-restore.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { formatBytes, formatMoment, formatSpan } from '../../components/format.ts'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { ProofBadge, ResultBadge } from '../audit/index.ts'
import { rateWords } from './proof-words.ts'
import type { BoardRow } from './use-board.ts'

/** The restores of one repository that showed something, newest first; each leads to its run. */
export function ProofsOverTime({ row }: { readonly row: BoardRow }): ReactElement {
  const { hostId, repositoryId, lastAttempt } = row
  const client = useClient()
  const attempts = useQuery({
    queryKey: ['restorability-attempts', hostId, repositoryId, lastAttempt?.runId],
    queryFn: ({ signal }) => client.restorability.attempts({ hostId, repositoryId }, { signal }),
    gcTime: 60_000,
  })
  if (attempts.isError)
    return <ErrorState description={describeError(attempts.error)} onRetry={() => void attempts.refetch()} />
  if (attempts.data === undefined)
    return <LoadingRows label={t`Loading the proofs`} rows={4} columns="1fr 1fr 1fr 1fr" />
  if (attempts.data.length === 0) return <Text size="sm" c="dimmed">{t`Nothing was restored from it yet.`}</Text>
  return (
    <ScrollArea.Autosize mah={340}>
      <Table stickyHeader horizontalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`When`}</Table.Th>
            <Table.Th>{t`Result`}</Table.Th>
            <Table.Th>{t`Verified`}</Table.Th>
            <Table.Th ta="right">{t`Took`}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {attempts.data.map((restore) => (
            <Table.Tr key={restore.id}>
              <Table.Td>
                <RunLink restore={restore} />
              </Table.Td>
              <Table.Td>
                <ResultBadge restore={restore} />
              </Table.Td>
              <Table.Td>
                <ProofBadge restore={restore} />
              </Table.Td>
              <Table.Td ta="right">{tookWords(restore)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  )
}

function RunLink({ restore: { hostId, runId, endedAt, at } }: { readonly restore: PastRestore }): ReactElement {
  const words = formatMoment(new Date(endedAt ?? at))
  if (runId === null) return <>{words}</>
  return (
    <Anchor
      size="sm"
      renderRoot={(props) => <Link {...props} to="/hosts/$hostId/runs/$runId" params={{ hostId, runId }} />}
    >
      {words}
    </Anchor>
  )
}

function tookWords({ seconds, bytes }: PastRestore): string {
  if (seconds === null) return '—'
  const rate = bytes && seconds > 0 ? ` · ${rateWords(bytes / seconds)}` : ''
  return `${formatSpan(seconds)}${bytes === null ? '' : `, ${formatBytes(bytes)}`}${rate}`
}
