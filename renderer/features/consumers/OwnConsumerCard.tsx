import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Anchor, Button, Group, Stack, Switch, Table, Text, VisuallyHidden } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { OwnConsumer, ProvenReplica } from '../../../contract/shapes/own-consumer.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { reasonWords } from '../../client/reason-words.ts'
import { useStream } from '../../client/use-stream.ts'
import { Section, SectionCard } from '../../components/SectionCard.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { RelativeTime } from '../../components/Timestamp.tsx'
import { firstLine } from '../verifications/index.ts'
import { byNews, ownSentence, ownState, replicaWords } from './own-consumer-words.ts'

const SHOWN = 6

/** The console's own consumer; undefined before it is known. */
export function useOwnConsumer(): OwnConsumer | undefined {
  const client = useClient()
  const { value } = useStream<readonly OwnConsumer[], OwnConsumer>({
    key: 'own-consumer',
    initial: [],
    open: (signal) => client.consumers.watchOwn(undefined, { signal }),
    reduce: (before, events) => (events.length === 0 ? before : events.slice(-1)),
  })
  return value[0]
}

/** This console proves backups itself: one switch, and what it is doing. */
export function OwnConsumerCard({ own }: { readonly own: OwnConsumer }): ReactElement {
  const client = useClient()
  const set = useMutation({
    mutationFn: (on: boolean) => client.consumers.setOwn({ on }),
    onError: (error) => {
      const { title, explanation, nextStep } = describeError(error)
      notifications.show({ color: 'red', title, message: `${explanation} ${nextStep}` })
    },
  })
  const { state, word } = ownState(own)
  const isOn = own.state !== 'off'
  return (
    <SectionCard label={t`This console proves backups`}>
      <Section
        title={
          <Group gap="sm">
            {t`This console proves backups`}
            <StateBadge state={state}>{word}</StateBadge>
          </Group>
        }
        aside={
          <Switch
            checked={isOn}
            disabled={set.isPending}
            onChange={({ currentTarget }) => set.mutate(currentTarget.checked)}
            label={isOn ? t`on` : t`off`}
            aria-label={t`This console proves backups`}
          />
        }
      >
        <About own={own} />
      </Section>
    </SectionCard>
  )
}

function About({ own }: { readonly own: OwnConsumer }): ReactElement {
  if (own.state === 'off')
    return (
      <Text
        size="sm"
        c="dimmed"
      >{t`When on, it restores what is declared for it to scratch space on this computer, starts up the data, reports, and frees the space again. Nothing else needs to be installed.`}</Text>
    )
  const { reason, why } = own
  const fetchError = own.fetchError === null ? null : reasonWords({ reason: own.fetchError, why })
  return (
    <Stack gap="xs">
      <Text size="sm" role="status">
        {ownSentence(own)}
        {own.fetchedAt !== null && (
          <Text span size="sm" c="dimmed">
            {' '}
            <Trans>
              It asked for its worklist <RelativeTime time={own.fetchedAt} />.
            </Trans>
          </Text>
        )}
      </Text>
      {reason !== null && (
        <Text size="sm" c="red">{`${reasonWords({ reason, why })} ${t`It is tried again every half minute.`}`}</Text>
      )}
      {fetchError !== null && (
        <Text
          size="sm"
          c="red"
        >{t`The worklist could not be fetched: ${fetchError} What it was to do before goes on.`}</Text>
      )}
      {own.replicas.length > 0 && <Replicas own={own} />}
    </Stack>
  )
}

function Replicas({ own: { planeId, replicas } }: { readonly own: OwnConsumer }): ReactElement {
  const sorted = replicas.toSorted(byNews)
  const more = sorted.length - SHOWN
  return (
    <>
      <Table aria-label={t`What this console proves`} verticalSpacing={4} horizontalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Replica`}</Table.Th>
            <Table.Th>{t`Now`}</Table.Th>
            <Table.Th>{t`Snapshot`}</Table.Th>
            <Table.Th>{t`Last proven`}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{t`What can be done`}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sorted.slice(0, SHOWN).map((replica) => (
            <Replica key={replica.key} planeId={planeId} replica={replica} />
          ))}
        </Table.Tbody>
      </Table>
      {more > 0 && (
        <Text size="xs" c="dimmed">{t`and ${more} more, proven or waiting; the replicas list them all.`}</Text>
      )}
    </>
  )
}

interface ReplicaProps {
  readonly planeId: string
  readonly replica: ProvenReplica
}

function Replica({ planeId, replica }: ReplicaProps): ReactElement {
  const client = useClient()
  const verify = useMutation({ mutationFn: () => client.consumers.verifyNow({ key: replica.key }) })
  const { name, snapshotId, verifiedAt, error, state, replicaId } = replica
  const canAsk = state !== 'running' && state !== 'queued' && snapshotId !== null
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor
          size="sm"
          renderRoot={(props) => <Link {...props} to="/replicas/$planeId/$replicaId" params={{ planeId, replicaId }} />}
        >
          {name}
        </Anchor>
      </Table.Td>
      <Table.Td>
        {replicaWords(replica)}
        {error !== null && (
          <Text size="xs" c="red">
            {firstLine(error)}
          </Text>
        )}
      </Table.Td>
      <Table.Td ff="monospace">{snapshotId?.slice(0, 8) ?? '—'}</Table.Td>
      <Table.Td>{verifiedAt === null ? t`never` : <RelativeTime time={verifiedAt} />}</Table.Td>
      <Table.Td ta="right">
        {canAsk && (
          <Button size="compact-xs" variant="subtle" loading={verify.isPending} onClick={() => verify.mutate()}>
            {t`Verify now`}
            <VisuallyHidden>{` ${name}`}</VisuallyHidden>
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  )
}
