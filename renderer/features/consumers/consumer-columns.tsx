import { plural, t } from '@lingui/core/macro'
import { Badge, Group, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Consumer } from '../../../contract/shapes/consumer.ts'
import { formatCount } from '../../components/format.ts'
import { StateBadge } from '../../components/StateBadge.tsx'
import { RelativeTime } from '../../components/Timestamp.tsx'
import type { Column } from '../../components/table-columns.ts'
import { consumerTitle } from '../replicas/index.ts'
import { consumerState, isTold, orderOf } from './consumer-words.ts'

export interface ConsumerRow {
  readonly consumer: Consumer
  readonly planeName: string
  /** Replicas that somebody should look at. */
  readonly attention: number
}

const byTime = (timeOf: (consumer: Consumer) => string | null) => (a: ConsumerRow, b: ConsumerRow) =>
  (timeOf(a.consumer) ?? '').localeCompare(timeOf(b.consumer) ?? '')

/** The list of consumers. */
export const CONSUMER_COLUMNS: readonly Column<ConsumerRow>[] = [
  {
    id: 'name',
    title: t`Consumer`,
    width: 'minmax(110px, 1fr)',
    cell: ({ consumer: { name, id } }) => (
      <Text span fw={600} title={id}>
        {consumerTitle(name, id)}
      </Text>
    ),
    compare: (a, b) =>
      consumerTitle(a.consumer.name, a.consumer.id).localeCompare(
        consumerTitle(b.consumer.name, b.consumer.id),
        undefined,
        { numeric: true },
      ),
  },
  {
    id: 'state',
    title: t`State`,
    width: '124px',
    cell: ({ consumer }) => {
      const { state, word, sentence } = consumerState(consumer)
      return (
        <span title={sentence}>
          <StateBadge state={state}>{word}</StateBadge>
        </span>
      )
    },
    compare: (a, b) => orderOf(a.consumer) - orderOf(b.consumer),
  },
  {
    id: 'intents',
    title: t`Offers`,
    width: 'minmax(150px, 1.6fr)',
    cell: ({ consumer: { intents } }) =>
      intents.length === 0 ? (
        <Text c="dimmed">{t`nothing`}</Text>
      ) : (
        <Group gap={4} wrap="nowrap">
          {intents.map(({ name, description }) => (
            <Badge key={name} title={description ?? name}>
              {name}
            </Badge>
          ))}
        </Group>
      ),
  },
  {
    id: 'seen',
    title: t`Last seen`,
    width: '92px',
    cell: ({ consumer }) => <When time={consumer.lastSeenAt} isTold={isTold(consumer)} />,
    compare: byTime(({ lastSeenAt }) => lastSeenAt),
  },
  {
    id: 'worklist',
    title: t`Last worklist`,
    width: '98px',
    cell: ({ consumer }) => <When time={consumer.lastWorklistAt} isTold={isTold(consumer)} />,
    compare: byTime(({ lastWorklistAt }) => lastWorklistAt),
    hideBelow: 640,
  },
  {
    id: 'replicas',
    title: t`Replicas`,
    width: '150px',
    cell: ({ consumer, attention }) => (
      <>
        {formatCount(consumer.replicas)}
        {attention > 0 && (
          <Text span c="var(--state-partial)">
            {` · ${plural(attention, { one: '# needs attention', other: '# need attention' })}`}
          </Text>
        )}
      </>
    ),
    compare: (a, b) => a.consumer.replicas - b.consumer.replicas,
    hideBelow: 760,
  },
  {
    id: 'plane',
    title: t`Plane`,
    width: 'minmax(90px, 0.6fr)',
    cell: ({ planeName }) => planeName,
    compare: (a, b) => a.planeName.localeCompare(b.planeName),
    hideBelow: 900,
  },
]

function When({ time, isTold }: { readonly time: string | null; readonly isTold: boolean }): ReactElement {
  if (time === null) return <Text c="dimmed">{isTold ? t`never` : t`not told`}</Text>
  return <RelativeTime time={time} />
}
