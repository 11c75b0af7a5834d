import { t } from '@lingui/core/macro'
import { Anchor, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { Consumer } from '../../../contract/shapes/consumer.ts'
import type { Intent, PlannedRestore } from '../../../contract/shapes/replica.ts'
import { useClient } from '../../client/client-context.tsx'
import { RelativeTime } from '../../components/Timestamp.tsx'
import { sentParams } from './consumer-words.ts'
import { ToldByPlane } from './ToldByPlane.tsx'

/** What a consumer would be sent if it asked now. */
export function WorklistTable({ consumer }: { readonly consumer: Consumer }) {
  const { planeId, id, lastWorklistAt, intents } = consumer
  const client = useClient()
  const worklist = useQuery({
    queryKey: ['worklist', planeId, id, lastWorklistAt],
    queryFn: ({ signal }) => client.consumers.worklist({ planeId, consumerId: id }, { signal }),
    gcTime: 0,
  })
  return (
    <ToldByPlane
      query={worklist}
      loading={t`Loading what a consumer would be sent`}
      untold={t`This control plane does not tell what a consumer would be sent.`}
    >
      {(entries) =>
        entries.length === 0 ? (
          <Text
            size="sm"
            c="dimmed"
          >{t`It would be sent nothing: nothing is declared for it that it offers and that is not done already.`}</Text>
        ) : (
          <Entries entries={entries} planeId={planeId} intents={intents} />
        )
      }
    </ToldByPlane>
  )
}

interface EntriesProps {
  readonly entries: readonly PlannedRestore[]
  readonly planeId: string
  /** What says of which types the parameters are. */
  readonly intents: readonly Intent[]
}

function Entries({ entries, planeId, intents }: EntriesProps): ReactElement {
  return (
    <Table aria-label={t`Next worklist`} verticalSpacing={4} horizontalSpacing={8}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t`Replica`}</Table.Th>
          <Table.Th>{t`Machine`}</Table.Th>
          <Table.Th>{t`Intent`}</Table.Th>
          <Table.Th>{t`Snapshot`}</Table.Th>
          <Table.Th>{t`Backed up`}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map(({ replicaId, machineId, machineName, name, intent, params, snapshotId, snapshotAt }) => (
          <Table.Tr key={`${replicaId} ${machineId}`}>
            <Table.Td>
              <Anchor
                size="sm"
                renderRoot={(props) => (
                  <Link {...props} to="/replicas/$planeId/$replicaId" params={{ planeId, replicaId }} />
                )}
              >
                {name}
              </Anchor>
            </Table.Td>
            <Table.Td>{machineName ?? machineId.slice(0, 8)}</Table.Td>
            <Table.Td>
              {intent}
              <Text size="xs" c="dimmed">
                {sentParams(
                  params,
                  intents.find(({ name: offered }) => offered === intent),
                )}
              </Text>
            </Table.Td>
            <Table.Td ff="monospace">{snapshotId?.slice(0, 8) ?? <Text c="dimmed">{t`waits for one`}</Text>}</Table.Td>
            <Table.Td>{snapshotAt === null ? '—' : <RelativeTime time={snapshotAt} />}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
