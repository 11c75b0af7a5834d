import { t } from '@lingui/core/macro'
import { ActionIcon, Drawer, Group, Text, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { Replica } from '../../../contract/shapes/replica.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { formatCount } from '../../components/format.ts'
import { useKeys } from '../../components/keys.tsx'
import { EditReplica } from './declare/EditReplica.tsx'
import type { OpenedReplica } from './ReplicasPage.tsx'
import { ReplicaView } from './ReplicaView.tsx'
import type { FollowedReplicas } from './use-replicas.ts'

export interface ReplicaDrawerProps {
  readonly known: FollowedReplicas
  readonly opened: OpenedReplica | null
  /** The list that one can go through. */
  readonly list: readonly Replica[]
  readonly editing: boolean
  onEdit(editing: boolean): void
  onOpen(replica: Replica): void
  onClose(): void
  onDisable(replica: Replica): void
}

/** One replica with all that is known of it, beside the list; the keys `j` and `k` go through the list. */
export function ReplicaDrawer(props: ReplicaDrawerProps): ReactElement {
  const { known, opened, list, editing, onClose, onOpen } = props
  const replica =
    known.board.replicas.find(({ planeId, id }) => planeId === opened?.planeId && id === opened.replicaId) ?? null
  const at = replica === null ? -1 : list.indexOf(replica)
  return (
    <Drawer
      opened={opened !== null}
      onClose={onClose}
      // What was typed is not lost by a press beside it.
      closeOnClickOutside={!editing}
      position="right"
      size={editing ? 'min(900px, 100vw)' : 'min(760px, 100vw)'}
      title={
        <Group gap="xs" wrap="nowrap">
          <Text fw={650}>{titleOf(replica, editing)}</Text>
          {!editing && at >= 0 && list.length > 1 && (
            <Steps
              at={at}
              of={list.length}
              onStep={(step) => {
                const next = list[at + step]
                if (next !== undefined) onOpen(next)
              }}
            />
          )}
        </Group>
      }
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Content {...props} replica={replica} />
    </Drawer>
  )
}

function titleOf(replica: Replica | null, editing: boolean): string {
  if (replica === null) return t`Replica`
  const { name } = replica.declaration
  return editing ? t`Change ${name}` : name
}

function Content(props: ReplicaDrawerProps & { readonly replica: Replica | null }): ReactElement | null {
  const { known, opened, replica, editing, onEdit, onOpen, onClose, onDisable } = props
  if (opened === null || known.state === 'waiting') return null
  if (replica === null)
    return (
      <EmptyState
        title={t`This replica is not there`}
      >{t`It was deleted, or its control plane is not one of this workspace any more.`}</EmptyState>
    )
  if (editing)
    return <EditReplica key={replica.id} known={known} replica={replica} onDone={() => onEdit(false)} onShow={onOpen} />
  return (
    <ReplicaView
      key={replica.id}
      known={known}
      replica={replica}
      onEdit={() => onEdit(true)}
      onDisable={() => onDisable(replica)}
      onDeleted={onClose}
    />
  )
}

interface StepsProps {
  readonly at: number
  readonly of: number
  onStep(step: 1 | -1): void
}

function Steps({ at, of, onStep }: StepsProps): ReactElement {
  const [number, all] = [formatCount(at + 1), formatCount(of)]
  useKeys([
    { keys: 'k', does: 'before', label: t`before`, run: () => onStep(-1) },
    { keys: 'j', does: 'after', label: t`after`, run: () => onStep(1) },
  ])
  return (
    <Group gap={4} wrap="nowrap">
      <Tooltip label={t`The one before (k)`}>
        <ActionIcon aria-label={t`The one before`} disabled={at <= 0} onClick={() => onStep(-1)}>
          <IconChevronUp size={16} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t`The one after (j)`}>
        <ActionIcon aria-label={t`The one after`} disabled={at >= of - 1} onClick={() => onStep(1)}>
          <IconChevronDown size={16} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <Text size="xs" c="dimmed" aria-live="polite">{t`${number} of ${all}`}</Text>
    </Group>
  )
}
