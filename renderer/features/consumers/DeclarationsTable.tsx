import { t } from '@lingui/core/macro'
import { Anchor, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { Replica } from '../../../contract/shapes/replica.ts'
import { StateBadge } from '../../components/StateBadge.tsx'
import { STATES, scopeWords } from '../replicas/index.ts'

/** What is declared for a consumer, and how it stands. */
export function DeclarationsTable({ replicas }: { readonly replicas: readonly Replica[] }): ReactElement {
  if (replicas.length === 0)
    return <Text size="sm" c="dimmed">{t`No replica is declared for it, so it may read nothing.`}</Text>
  return (
    <Table aria-label={t`Replicas declared for it`} verticalSpacing={4} horizontalSpacing={8}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t`Name`}</Table.Th>
          <Table.Th>{t`Covers`}</Table.Th>
          <Table.Th>{t`Intent`}</Table.Th>
          <Table.Th>{t`Bound`}</Table.Th>
          <Table.Th>{t`State`}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {replicas.map((replica) => {
          const { id, planeId, declaration, state } = replica
          return (
            <Table.Tr key={id}>
              <Table.Td>
                <Anchor
                  size="sm"
                  renderRoot={(props) => (
                    <Link {...props} to="/replicas/$planeId/$replicaId" params={{ planeId, replicaId: id }} />
                  )}
                >
                  {declaration.name}
                </Anchor>
              </Table.Td>
              <Table.Td>{scopeWords(replica)}</Table.Td>
              <Table.Td>{declaration.intent}</Table.Td>
              <Table.Td>{declaration.overdueAfter ?? t`none`}</Table.Td>
              <Table.Td>
                <StateBadge state={STATES[state].state}>{STATES[state].word}</StateBadge>
              </Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}
