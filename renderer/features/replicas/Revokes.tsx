import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { List, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { Replica } from '../../../contract/shapes/replica.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { consumerTitle } from './replica-words.ts'

/** Access that would end with a replica. */
export function useRevokes(replica: Replica | null) {
  const client = useClient()
  return useQuery({
    queryKey: ['replica-revokes', replica?.planeId, replica?.id, replica?.updatedAt],
    queryFn: async ({ signal }) =>
      replica === null
        ? null
        : client.replicas.revokes({ planeId: replica.planeId, replicaId: replica.id }, { signal }),
    enabled: replica !== null,
    gcTime: 0,
  })
}

/** What its consumer could not read any more without a replica. */
export function Revokes({ replica }: { readonly replica: Replica }): ReactElement {
  const revokes = useRevokes(replica)
  const consumer = consumerTitle(replica.consumerName, replica.declaration.consumerId)
  if (revokes.isError) return <Text size="sm">{describeError(revokes.error).title}.</Text>
  if (revokes.data === undefined) return <Skeleton height={38} />
  if (revokes.data === null)
    return (
      <Text size="sm">{t`Its plane cannot say what ${consumer} could still read: access ends unless another enabled replica of this consumer covers the same group and type.`}</Text>
    )
  if (revokes.data.length === 0)
    return <Text size="sm">{t`No access ends: other replicas of ${consumer} cover the same.`}</Text>
  return (
    <>
      <Text size="sm">{t`${consumer} may then not read any more, also with credentials that it holds:`}</Text>
      <List size="sm" mt={4}>
        {revokes.data.map(({ groupId, groupName, type }) => (
          <List.Item key={`${groupId} ${type}`}>
            <Trans>
              backups of the type <b>{type}</b> of <b>{groupName}</b>
            </Trans>
          </List.Item>
        ))}
      </List>
    </>
  )
}
