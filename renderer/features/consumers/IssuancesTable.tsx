import { t } from '@lingui/core/macro'
import { Button, Group, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { Consumer, IssuedAccess } from '../../../contract/shapes/consumer.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { formatMoment } from '../../components/format.ts'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { useNow } from '../../components/use-now.ts'

/** Every time that a consumer was given access: to what, until when, and whether it ended before. */
export function IssuancesTable({ consumer: { planeId, id, lastSeenAt } }: { readonly consumer: Consumer }) {
  const client = useClient()
  const query = useInfiniteQuery({
    queryKey: ['issuances', planeId, id, lastSeenAt],
    queryFn: ({ pageParam, signal }) =>
      client.consumers.issuances({ planeId, consumerId: id, before: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page?.next ?? null,
    gcTime: 0,
  })
  if (query.isError) return <ErrorState description={describeError(query.error)} onRetry={() => void query.refetch()} />
  if (query.data === undefined) return <LoadingRows label={t`Loading the credentials`} rows={4} columns="1fr 1fr 1fr" />
  if (query.data.pages.includes(null))
    return <Dimmed>{t`This control plane does not tell whom it gave access.`}</Dimmed>
  const issued = query.data.pages.flatMap((page) => page?.items ?? [])
  if (issued.length === 0) return <Dimmed>{t`It has never been given access to anything.`}</Dimmed>
  return (
    <>
      <Issued issued={issued} />
      {query.hasNextPage && (
        <Group mt="sm">
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >{t`Show older ones`}</Button>
        </Group>
      )}
    </>
  )
}

function Dimmed({ children }: { readonly children: string }): ReactElement {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  )
}

function Issued({ issued }: { readonly issued: readonly IssuedAccess[] }): ReactElement {
  const now = useNow()
  return (
    <Table aria-label={t`Credentials that it was given`} verticalSpacing={4} horizontalSpacing={8}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t`Given`}</Table.Th>
          <Table.Th>{t`To read`}</Table.Th>
          <Table.Th>{t`State`}</Table.Th>
          <Table.Th>{t`As`}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {issued.map((access) => (
          <Table.Tr key={access.id}>
            <Table.Td style={{ whiteSpace: 'nowrap' }}>{formatMoment(new Date(access.issuedAt))}</Table.Td>
            <Table.Td>
              {access.groupName ?? access.groupId.slice(0, 8)}
              <Text size="xs" c="dimmed">
                {access.type}
              </Text>
            </Table.Td>
            <Table.Td>
              <AccessState access={access} now={now} />
            </Table.Td>
            <Table.Td>
              <Text ff="monospace" fz="xs">
                {access.accessKeyId}
              </Text>
              <Text size="xs" c="dimmed">
                {access.storage === 'rest' ? t`through the plane’s gateway` : (access.assumedRole ?? 'S3')}
              </Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function AccessState({ access: { expiresAt, revokedAt }, now }: { readonly access: IssuedAccess; readonly now: Date }) {
  const until = formatMoment(new Date(revokedAt ?? expiresAt))
  if (revokedAt !== null) return <StateBadge state="cancelled">{t`ended early, ${until}`}</StateBadge>
  return Date.parse(expiresAt) > now.getTime() ? (
    <StateBadge state="running">{t`good until ${until}`}</StateBadge>
  ) : (
    <StateBadge state="unknown">{t`ended ${until}`}</StateBadge>
  )
}
