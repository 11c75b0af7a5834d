import { t } from '@lingui/core/macro'
import { Drawer, Group, Stack, Tabs, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactElement } from 'react'
import type { Consumer } from '../../../contract/shapes/consumer.ts'
import type { Plane } from '../../../contract/shapes/plane.ts'
import type { Replica } from '../../../contract/shapes/replica.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { FactList } from '../../components/FactList.tsx'
import { ObstructedButton } from '../../components/ObstructedButton.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { RelativeTime } from '../../components/Timestamp.tsx'
import { useNow } from '../../components/use-now.ts'
import { obstacleAt, SafetyMode } from '../planes/index.ts'
import { consumerTitle } from '../replicas/index.ts'
import { VerificationHistory } from '../verifications/index.ts'
import { ConnectionsTable } from './ConnectionsTable.tsx'
import { consumerState } from './consumer-words.ts'
import { DeclarationsTable } from './DeclarationsTable.tsx'
import { DismissConsumer } from './DismissConsumer.tsx'
import { IntentsList } from './IntentsList.tsx'
import { IssuancesTable } from './IssuancesTable.tsx'
import { WorklistTable } from './WorklistTable.tsx'

export interface ConsumerDrawerProps {
  readonly opened: { readonly planeId: string; readonly consumerId: string } | null
  readonly tab: string | null
  readonly planes: readonly Plane[]
  /** Undefined while they are read. */
  readonly consumers: readonly Consumer[] | undefined
  readonly replicas: readonly Replica[]
  onTab(tab: string): void
  onClose(): void
}

/** One consumer: what it can do, what is declared for it, what it would be sent, and what it was given. */
export function ConsumerDrawer(props: ConsumerDrawerProps): ReactElement {
  const { opened, consumers, onClose } = props
  const consumer = consumers?.find(({ planeId, id }) => planeId === opened?.planeId && id === opened.consumerId)
  return (
    <Drawer
      opened={opened !== null}
      onClose={onClose}
      size="min(760px, 100vw)"
      title={<Text fw={650}>{consumer === undefined ? t`Consumer` : consumerTitle(consumer.name, consumer.id)}</Text>}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {consumer !== undefined && <Told key={`${consumer.planeId} ${consumer.id}`} {...props} consumer={consumer} />}
      {consumer === undefined && consumers !== undefined && opened !== null && (
        <EmptyState
          title={t`This consumer is not there`}
        >{t`It was dismissed, or its control plane is not one of this workspace any more.`}</EmptyState>
      )}
    </Drawer>
  )
}

type ToldProps = ConsumerDrawerProps & { readonly consumer: Consumer }

const TABS = [
  { value: 'intents', label: t`Intents` },
  { value: 'replicas', label: t`Replicas` },
  { value: 'worklist', label: t`Next worklist` },
  { value: 'verifications', label: t`Verifications` },
  { value: 'credentials', label: t`Credentials` },
  { value: 'connections', label: t`Connections` },
] as const

function Told(props: ToldProps): ReactElement {
  const { consumer, planes, tab, onTab, onClose } = props
  const plane = planes.find(({ id }) => id === consumer.planeId)
  const [dismissing, dismissal] = useDisclosure(false)
  const obstacle = obstacleAt(plane, 'danger', useNow())
  const current = TABS.find(({ value }) => value === tab)?.value ?? 'intents'
  return (
    <Stack gap="md">
      <ConsumerFacts consumer={consumer} planeName={plane?.name ?? ''} />
      <Group gap="xs" justify="space-between">
        <ObstructedButton
          variant="outline"
          color="red"
          obstacle={obstacle}
          onClick={dismissal.open}
        >{t`Dismiss…`}</ObstructedButton>
        {plane !== undefined && <SafetyMode plane={plane} />}
      </Group>
      <Tabs value={current} onChange={(value) => onTab(value ?? 'intents')} keepMounted={false}>
        <Tabs.List mb="sm">
          {TABS.map(({ value, label }) => (
            <Tabs.Tab key={value} value={value} fz="sm" px="xs">
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map(({ value }) => (
          <Tabs.Panel key={value} value={value}>
            <Panel {...props} name={value} />
          </Tabs.Panel>
        ))}
      </Tabs>
      <DismissConsumer consumer={dismissing ? consumer : null} onClose={dismissal.close} onDismissed={onClose} />
    </Stack>
  )
}

function Panel({ name, consumer, replicas }: ToldProps & { readonly name: (typeof TABS)[number]['value'] }) {
  const { planeId, id } = consumer
  const mine = replicas.filter((each) => each.planeId === planeId && each.declaration.consumerId === id)
  switch (name) {
    case 'intents':
      return <IntentsList intents={consumer.intents} />
    case 'replicas':
      return <DeclarationsTable replicas={mine} />
    case 'worklist':
      return <WorklistTable consumer={consumer} />
    case 'verifications':
      return (
        <VerificationHistory
          filter={{ planeId, replicaId: null, machineId: null, groupId: null, consumerId: id }}
          news={consumer.lastSeenAt === null ? null : consumer.replicas}
          name={consumerTitle(consumer.name, id)}
          namesReplica
        />
      )
    case 'credentials':
      return <IssuancesTable consumer={consumer} />
    case 'connections':
      return <ConnectionsTable consumer={consumer} />
  }
}

function ConsumerFacts({ consumer, planeName }: { readonly consumer: Consumer; readonly planeName: string }) {
  const { lastSeenAt, lastWorklistAt, registeredAt, keyPin } = consumer
  const { state, word, sentence } = consumerState(consumer)
  return (
    <FactList
      facts={[
        {
          term: t`State`,
          value: (
            <>
              <StateBadge state={state}>{word}</StateBadge>
              <Text size="sm" c="dimmed">
                {sentence}
              </Text>
            </>
          ),
        },
        { term: t`Last seen`, value: lastSeenAt === null ? null : <RelativeTime time={lastSeenAt} /> },
        { term: t`Last worklist`, value: lastWorklistAt === null ? null : <RelativeTime time={lastWorklistAt} /> },
        { term: t`First offered`, value: registeredAt === null ? null : <RelativeTime time={registeredAt} /> },
        { term: t`Key`, value: keyPin === null ? null : <Text ff="monospace">{keyPin}</Text> },
        { term: t`Plane`, value: planeName },
      ]}
    />
  )
}
