import { t } from '@lingui/core/macro'
import { Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useMemo, useState } from 'react'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { useKeys } from '../../components/keys.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { ObstructedButton } from '../../components/ObstructedButton.tsx'
import { Page } from '../../components/Page.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { useTrail } from '../../components/trail.tsx'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import {
  hasFeature,
  NoPlane,
  PlaneTroubles,
  planesInUse,
  useConsumers,
  usePlanes,
  useReplicaBoard,
} from '../planes/index.ts'
import { consumerTitle, needsAttention } from '../replicas/index.ts'
import { ConsumerDrawer } from './ConsumerDrawer.tsx'
import { CONSUMER_COLUMNS, type ConsumerRow } from './consumer-columns.tsx'
import { orderOf, totalWords } from './consumer-words.ts'
import { EnrolConsumerDrawer } from './EnrolConsumerDrawer.tsx'
import { OwnConsumerCard, useOwnConsumer } from './OwnConsumerCard.tsx'

export interface ConsumersPageProps {
  /** The one whose drawer is open; null for none. */
  readonly opened: { readonly planeId: string; readonly consumerId: string } | null
  /** What of it is looked at. */
  readonly tab: string | null
}

const rowKey = ({ consumer: { planeId, id } }: ConsumerRow): string => `${planeId} ${id}`

/** Who restores replicas, on all planes: what each can do, whether it is at work, and what it was given. */
export function ConsumersPage({ opened, tab }: ConsumersPageProps): ReactElement {
  useTrail([{ label: t`Consumers` }])
  const page = useConsumersPage()
  const { rows, planes, followed, enrolObstacle } = page
  const navigate = useNavigate()
  const open = ({ consumer: { planeId, id } }: ConsumerRow): void =>
    void navigate({ to: '/consumers/$planeId/$consumerId', params: { planeId, consumerId: id }, search: {} })
  useKeys([
    { keys: 'n', does: 'enrol', label: t`enrol`, run: page.enrol },
    { keys: '↑↓', does: 'move', label: t`move` },
    { keys: 'Enter', does: 'open', label: t`open` },
    { keys: 'r', does: 'ask again', label: t`ask again`, run: page.refresh },
  ])
  return (
    <Page
      title={t`Consumers`}
      about={
        rows !== undefined &&
        rows.length > 0 && (
          <Text span role="status">
            {totalWords(followed)}
          </Text>
        )
      }
      actions={
        <>
          <ButtonLink variant="subtle" to="/planes">{t`Control planes`}</ButtonLink>
          <ObstructedButton obstacle={enrolObstacle} onClick={page.enrol}>{t`Enrol a consumer…`}</ObstructedButton>
        </>
      }
      fill
    >
      <Content page={page} onOpen={open} />
      <ConsumerDrawer
        opened={opened}
        tab={tab}
        planes={planes}
        consumers={rows === undefined ? undefined : followed}
        replicas={page.replicas}
        onTab={(next) => {
          if (opened !== null)
            void navigate({
              to: '/consumers/$planeId/$consumerId',
              params: opened,
              search: { tab: next },
              replace: true,
            })
        }}
        onClose={() => void navigate({ to: '/consumers' })}
      />
      <EnrolConsumerDrawer planes={planes} opened={page.isEnrolling} onClose={page.closeEnrol} />
    </Page>
  )
}

/** Takes about the room of what is coming, so that the list below is not pushed away. */
function OwnConsumerComing(): ReactElement {
  return (
    <SectionCard>
      <LoadingRows label={t`Loading the consumer of this console`} rows={7} columns="1fr 2fr 1fr" />
    </SectionCard>
  )
}

interface ContentProps {
  readonly page: ReturnType<typeof useConsumersPage>
  onOpen(row: ConsumerRow): void
}

function Content({ page, onOpen }: ContentProps): ReactElement {
  const { rows, error, planes, silent, own } = page
  if (rows === undefined)
    return (
      <SectionCard>
        {error === null ? (
          <LoadingRows label={t`Loading the consumers`} columns="1fr 1fr 2fr 1fr 1fr" />
        ) : (
          <ErrorState description={describeError(error)} onRetry={page.again} />
        )}
      </SectionCard>
    )
  if (planesInUse(planes).length === 0 && rows.length === 0) return <NoPlane />
  return (
    <>
      {isEmbeddedOn(planes) && (own === undefined ? <OwnConsumerComing /> : <OwnConsumerCard own={own} />)}
      <PlaneTroubles planes={planes} silent={silent} onRetry={page.refresh} />
      <VirtualTable
        label={t`Consumers`}
        rows={rows}
        columns={CONSUMER_COLUMNS}
        rowKey={rowKey}
        rowHeight={36}
        onOpen={onOpen}
        empty={<Nothing obstacle={page.enrolObstacle} onEnrol={page.enrol} />}
      />
    </>
  )
}

interface NothingProps {
  readonly obstacle: string | null
  onEnrol(): void
}

function Nothing({ obstacle, onEnrol }: NothingProps): ReactElement {
  return (
    <EmptyState
      title={t`No consumer is enrolled yet`}
      action={<ObstructedButton obstacle={obstacle} onClick={onEnrol}>{t`Enrol the first one…`}</ObstructedButton>}
    >
      {t`A consumer is the machine that restores replicas and says whether they came back healthy. It asks its control plane for what to restore, and is given an hour’s access to just that.`}
      {obstacle !== null && ` ${obstacle}`}
    </EmptyState>
  )
}

function useConsumersPage() {
  const client = useClient()
  const consumers = useConsumers()
  const planes = usePlanes()
  const board = useReplicaBoard()
  const own = useOwnConsumer()
  const [isEnrolling, setEnrolling] = useState(false)
  const streams = [consumers, planes]
  const failed = streams.find(({ state }) => state === 'failed')
  const isWaiting = streams.some(({ state }) => state === 'waiting')
  const { value } = consumers
  const { replicas, silent } = board.value
  const rows = useMemo(() => {
    const names = new Map(planes.value.map(({ id, name }) => [id, name]))
    const sorted = value.toSorted(
      (a, b) => orderOf(a) - orderOf(b) || consumerTitle(a.name, a.id).localeCompare(consumerTitle(b.name, b.id)),
    )
    return sorted.map((consumer): ConsumerRow => {
      const mine = replicas.filter(
        ({ planeId, declaration }) => planeId === consumer.planeId && declaration.consumerId === consumer.id,
      )
      const attention = mine.filter(needsAttention).length
      return { consumer, planeName: names.get(consumer.planeId) ?? '', attention }
    })
  }, [value, planes.value, replicas])
  const enrolObstacle = obstacleToEnrol(isWaiting, planes.value)
  return {
    rows: failed !== undefined || isWaiting ? undefined : rows,
    followed: value,
    error: failed?.error ?? null,
    planes: planes.value,
    own,
    replicas,
    silent,
    again: () => {
      for (const stream of streams) if (stream.state === 'failed') stream.again()
    },
    refresh: () => void client.replicas.refresh(undefined),
    isEnrolling,
    enrolObstacle,
    enrol: () => {
      if (enrolObstacle === null) setEnrolling(true)
    },
    closeEnrol: () => setEnrolling(false),
  }
}

/** Also while it is not reached: what its consumer says is worth knowing then. */
function isEmbeddedOn(planes: Parameters<typeof planesInUse>[0]): boolean {
  return planes.some(({ kind, connection }) => kind === 'embedded' && connection.state !== 'off')
}

function obstacleToEnrol(isWaiting: boolean, planes: Parameters<typeof planesInUse>[0]): string | null {
  if (isWaiting) return t`The control planes are being read.`
  if (planesInUse(planes).length === 0) return t`There is no control plane yet. Switch one on first.`
  return planes.some((plane) => hasFeature(plane, 'enrolment'))
    ? null
    : t`No control plane that answers issues codes: its consumers get their role on the plane itself.`
}
