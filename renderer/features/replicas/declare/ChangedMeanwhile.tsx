import { t } from '@lingui/core/macro'
import { Alert, Button, Group, Stack, Table, Text, VisuallyHidden } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { Declaration, Replica } from '../../../../contract/shapes/replica.ts'
import { formatMoment } from '../../../components/format.ts'
import classes from '../Replicas.module.css'
import { consumerTitle } from '../replica-words.ts'
import type { Known } from '../use-replicas.ts'
import { type Difference, differencesOf } from './differences.ts'

/** `both`: theirs, with what was changed here on top. `mine`: only what stands here. `theirs`: only what stands there. */
export type Decision = 'both' | 'mine' | 'theirs'

export interface ChangedMeanwhileProps {
  readonly known: Known
  /** As it was when one began. */
  readonly base: Replica
  /** As somebody else has made it. */
  readonly replica: Replica
  readonly mine: Declaration
  onDecide(decision: Decision): void
}

/** What somebody else has changed beside what was changed here, and what is to stand. */
export function ChangedMeanwhile(props: ChangedMeanwhileProps): ReactElement {
  const { known, base, replica, mine, onDecide } = props
  const sides = { was: base.declaration, theirs: replica.declaration, mine }
  const differences = differencesOf(sides, namesOf(known, replica))
  const { updatedBy } = replica
  const when = formatMoment(new Date(replica.updatedAt))
  return (
    <Alert
      color="yellow"
      variant="outline"
      role="alert"
      icon={<IconUsers size={16} stroke={1.75} aria-hidden="true" />}
      title={
        updatedBy === null
          ? t`Somebody else has changed it since you began`
          : t`${updatedBy} has changed it since you began`
      }
      styles={{ icon: { color: 'var(--state-partial)' }, title: { color: 'var(--mantine-color-text)' } }}
    >
      <Stack gap="sm">
        <Text size="sm">{t`On ${when}. Nothing of theirs or yours is lost yet: decide what to keep.`}</Text>
        {differences.length > 0 && <Differences differences={differences} />}
        <Group gap="xs">
          <Button size="compact-sm" onClick={() => onDecide('both')}>{t`Keep theirs and add mine`}</Button>
          <Button size="compact-sm" variant="default" onClick={() => onDecide('mine')}>{t`Mine over theirs`}</Button>
          <Button size="compact-sm" variant="default" onClick={() => onDecide('theirs')}>{t`Drop mine`}</Button>
        </Group>
      </Stack>
    </Alert>
  )
}

function Differences({ differences }: { readonly differences: readonly Difference[] }): ReactElement {
  return (
    <Table
      className={classes['differences'] ?? ''}
      verticalSpacing={3}
      horizontalSpacing={6}
      aria-label={t`What differs`}
    >
      <Table.Thead>
        <Table.Tr>
          <Table.Th>
            <VisuallyHidden>{t`Field`}</VisuallyHidden>
          </Table.Th>
          <Table.Th>{t`It was`}</Table.Th>
          <Table.Th>{t`Theirs`}</Table.Th>
          <Table.Th>{t`Yours`}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {differences.map(({ field, label, was, theirs, mine: yours, isContested }) => (
          <Table.Tr key={field}>
            <Table.Th scope="row" fw={500}>
              {label}
            </Table.Th>
            <Table.Td>{was}</Table.Td>
            <Table.Td fw={theirs === was ? 400 : 600}>{theirs}</Table.Td>
            <Table.Td fw={yours === was ? 400 : 600}>
              {yours}
              {isContested && <Text size="xs" c="var(--state-partial)">{t`both changed it`}</Text>}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function namesOf({ consumers, groups }: Known, { planeId, declaration }: Replica) {
  const machines = groups.get(planeId)?.find(({ id }) => id === declaration.groupId)?.machines ?? []
  return {
    consumer: (id: string) => consumerTitle(consumers.find((each) => each.id === id)?.name ?? null, id),
    machine: (id: string) => machines.find((machine) => machine.id === id)?.name ?? id.slice(0, 8),
  }
}
