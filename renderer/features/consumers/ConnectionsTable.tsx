import { t } from '@lingui/core/macro'
import { Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { Consumer, ConsumerConnection } from '../../../contract/shapes/consumer.ts'
import { useClient } from '../../client/client-context.tsx'
import { formatExact } from '../../components/format.ts'
import { ToldByPlane } from './ToldByPlane.tsx'

const REFUSED = 400

/** What a consumer asked of its plane lately, from where, and what it was answered. */
export function ConnectionsTable({ consumer: { planeId, id, lastSeenAt } }: { readonly consumer: Consumer }) {
  const client = useClient()
  const connections = useQuery({
    queryKey: ['connections', planeId, id, lastSeenAt],
    queryFn: ({ signal }) => client.consumers.connections({ planeId, consumerId: id }, { signal }),
    gcTime: 0,
  })
  return (
    <ToldByPlane
      query={connections}
      loading={t`Loading what a consumer asked of it`}
      untold={t`This control plane does not tell what a consumer asked of it.`}
    >
      {(asked) =>
        asked.length === 0 ? (
          <Text size="sm" c="dimmed">{t`It has never asked anything.`}</Text>
        ) : (
          <Connections connections={asked} />
        )
      }
    </ToldByPlane>
  )
}

function Connections({ connections }: { readonly connections: readonly ConsumerConnection[] }): ReactElement {
  return (
    <Table aria-label={t`What it asked of its plane`} verticalSpacing={3} horizontalSpacing={8}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t`When`}</Table.Th>
          <Table.Th>{t`Asked`}</Table.Th>
          <Table.Th ta="end">{t`Answer`}</Table.Th>
          <Table.Th>{t`From`}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {connections.map(({ at, asked, status, ip, userAgent }, place) => (
          <Table.Tr key={`${at} ${place}`}>
            <Table.Td style={{ whiteSpace: 'nowrap' }}>{formatExact(new Date(at))}</Table.Td>
            <Table.Td ff="monospace" fz="xs">
              {asked}
            </Table.Td>
            <Table.Td ta="end">
              <Text span size="sm" c={status >= REFUSED ? 'var(--state-failed)' : 'dimmed'}>
                {status >= REFUSED ? t`${status} refused` : status}
              </Text>
            </Table.Td>
            <Table.Td title={userAgent ?? ''}>{ip}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
