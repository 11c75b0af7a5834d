import { t } from '@lingui/core/macro'
import { Button, Group, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { Plane, PlaneGroup } from '../../../contract/shapes/plane.ts'
import { describeError } from '../../client/describe-fault.ts'
import { ConfirmButton } from '../../components/ConfirmButton.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FactList } from '../../components/FactList.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Section, SectionCard } from '../../components/SectionCard.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { ConnectGroupButton, GroupsTable } from './GroupsTable.tsx'
import { portToStay, useSwitchEmbedded } from './NoPlane.tsx'
import { describePlaneFailure, dialectWords, hasFeature, lacksWords, planeState } from './plane-words.ts'
import { SafetyMode } from './SafetyMode.tsx'
import { usePlaneChange } from './use-plane-change.ts'

export interface PlaneCardProps {
  readonly plane: Plane
  /** Undefined while they are read. */
  readonly groups: readonly PlaneGroup[] | undefined
  readonly groupsError: unknown
  onEdit(): void
  onConnect(group: PlaneGroup | null): void
  onRetry(): void
}

/** One control plane: how it is reached, in which mode it is, and its groups. */
export function PlaneCard(props: PlaneCardProps): ReactElement {
  const { plane, onEdit, onRetry } = props
  const { state, word } = planeState(plane)
  const failure = describePlaneFailure(plane)
  return (
    <SectionCard>
      <Section
        title={
          <Group gap="sm">
            {plane.name}
            <StateBadge state={state}>{word}</StateBadge>
          </Group>
        }
        aside={
          plane.kind === 'embedded' ? <EmbeddedActions plane={plane} onEdit={onEdit} /> : <RemoteActions {...props} />
        }
      >
        <Stack gap="sm">
          <PlaneFacts plane={plane} />
          {failure !== null && <ErrorState description={failure} onRetry={onRetry} />}
        </Stack>
      </Section>
      {plane.connection.state === 'connected' && <Groups {...props} />}
    </SectionCard>
  )
}

function PlaneFacts({ plane }: { readonly plane: Plane }): ReactElement {
  const { connection, kind, url, pin } = plane
  if (connection.state === 'off')
    return (
      <Text
        size="sm"
        c="dimmed"
      >{t`It runs in this console, with nothing else installed. What it knows is kept while it is off, and consumers are refused.`}</Text>
    )
  const isConnected = connection.state === 'connected'
  return (
    <FactList
      facts={[
        { term: t`Address`, value: url ?? (kind === 'embedded' ? t`in this console` : null) },
        { term: t`Kind`, value: isConnected ? kindWords(connection) : null },
        { term: t`Consumers reach it at`, value: isConnected ? connection.consumerUrl : null },
        { term: t`Key of its certificate`, value: pin === null ? null : <Text ff="monospace">{pin}</Text> },
        {
          term: t`Safety mode`,
          value: (isConnected && connection.safety.mode !== null && <SafetyMode plane={plane} />) || null,
        },
        { term: t`Lacks`, value: lacksWords(plane) },
      ]}
    />
  )
}

function kindWords({ dialect, version }: Extract<Plane['connection'], { readonly state: 'connected' }>): string {
  const words = dialectWords(dialect)
  return version === null ? words : t`${words}, version ${version}`
}

function EmbeddedActions({ plane, onEdit }: Pick<PlaneCardProps, 'plane' | 'onEdit'>): ReactElement {
  const change = useSwitchEmbedded()
  if (plane.connection.state === 'off')
    return (
      <Button
        loading={change.isPending}
        onClick={() => change.mutate({ on: true, consumerPort: portToStay(plane.consumerPort) })}
      >{t`Switch on`}</Button>
    )
  return (
    <Group gap="xs">
      <Button variant="default" onClick={onEdit}>{t`Port…`}</Button>
      <ConfirmButton
        variant="default"
        loading={change.isPending}
        question={t`Consumers are refused until it is on again, and their access ends. What it knows is kept.`}
        confirm={t`Switch it off`}
        keep={t`Keep it on`}
        onConfirm={() => change.mutate({ on: false, consumerPort: null })}
      >{t`Switch off…`}</ConfirmButton>
    </Group>
  )
}

function RemoteActions({ plane, onEdit }: PlaneCardProps): ReactElement {
  const { name } = plane
  const remove = usePlaneChange((planes, planeId: string) => planes.remove({ planeId }))
  return (
    <Group gap="xs">
      <Button variant="default" aria-label={t`Change ${name}`} onClick={onEdit}>{t`Change…`}</Button>
      <ConfirmButton
        variant="default"
        aria-label={t`Remove ${name}`}
        loading={remove.isPending}
        question={t`This console forgets ${name} and its token. On the plane nothing changes.`}
        confirm={t`Remove ${name}`}
        onConfirm={() => remove.mutate(plane.id)}
      >{t`Remove…`}</ConfirmButton>
    </Group>
  )
}

function Groups({ plane, groups, groupsError, onConnect, onRetry }: PlaneCardProps): ReactElement {
  return (
    <Section
      title={t`Groups`}
      aside={hasFeature(plane, 'groups') && <ConnectGroupButton plane={plane} onConnect={onConnect} />}
    >
      {groups !== undefined ? (
        <GroupsTable plane={plane} groups={groups} onConnect={onConnect} />
      ) : groupsError ? (
        <ErrorState description={describeError(groupsError)} onRetry={onRetry} />
      ) : (
        <LoadingRows label={t`Loading the groups`} rows={3} columns="2fr 1fr 1fr 1fr" />
      )}
    </Section>
  )
}
