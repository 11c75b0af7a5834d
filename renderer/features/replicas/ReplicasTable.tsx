import { t } from '@lingui/core/macro'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type ReactElement, useCallback, useMemo, useState } from 'react'
import type { Replica } from '../../../contract/shapes/replica.ts'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import { obstacleAt } from '../planes/index.ts'
import { replicaColumns } from './replica-columns.tsx'
import { keyOf, type ReplicaRow, rowsOf } from './replica-rows.ts'
import { type Known, usePlaneNames, useSetEnabled } from './use-replicas.ts'

export interface ReplicasTableProps {
  readonly known: Known
  readonly shown: readonly Replica[]
  readonly isNarrowed: boolean
  onOpen(replica: Replica): void
  onEdit(replica: Replica): void
  onDisable(replica: Replica): void
  onClear(): void
  /** Null where nothing can be declared. */
  readonly onDeclare: (() => void) | null
}

const rowKey = ({ key }: ReplicaRow): string => key

/** The list of replicas; those of several machines open to them. */
export function ReplicasTable(props: ReplicasTableProps): ReactElement {
  const { known, shown, isNarrowed, onOpen, onEdit, onClear } = props
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set())
  const expand = useCallback((replica: Replica, wanted: boolean | null) => {
    setExpanded((before) => {
      const after = new Set(before)
      const key = keyOf(replica)
      if (wanted ?? !before.has(key)) after.add(key)
      else after.delete(key)
      return after
    })
  }, [])
  const toggle = useSwitch(props)
  const columns = useColumns(known, expand, toggle)
  const rows = useMemo(() => rowsOf(shown, expanded), [shown, expanded])
  return (
    <VirtualTable
      label={t`Replicas`}
      rows={rows}
      columns={columns}
      rowKey={rowKey}
      rowHeight={36}
      onOpen={({ replica }) => onOpen(replica)}
      rowKeys={{
        ArrowRight: ({ replica }) => expand(replica, true),
        ArrowLeft: ({ replica }) => expand(replica, false),
        e: ({ replica }) => onEdit(replica),
        s: ({ replica }) => toggle(replica),
      }}
      empty={isNarrowed ? <NoneFits onClear={onClear} /> : <Nothing known={known} onDeclare={props.onDeclare} />}
    />
  )
}

/** On at once; off only after it was said what that takes away. What cannot be done now says why. */
function useSwitch({ known, onDisable }: ReplicasTableProps): (replica: Replica) => void {
  const { mutate } = useSetEnabled()
  const { planes } = known
  return useCallback(
    (replica) => {
      const plane = planes.find(({ id }) => id === replica.planeId)
      const obstacle = obstacleAt(plane, 'write', new Date())
      if (obstacle !== null)
        notifications.show({ color: 'yellow', title: t`It cannot be switched now`, message: obstacle })
      else if (replica.declaration.enabled) onDisable(replica)
      else mutate({ replica, enabled: true })
    },
    [planes, onDisable, mutate],
  )
}

function useColumns(
  { planes, consumers, groups }: Known,
  expand: (replica: Replica, wanted: boolean | null) => void,
  onSwitch: (replica: Replica) => void,
) {
  const planeName = usePlaneNames(planes)
  // The mode a plane is in falls back by itself, and is told then: the time alone changes nothing here.
  const [now] = useState(() => new Date())
  return useMemo(
    () =>
      replicaColumns({
        consumers,
        groups,
        severalPlanes: planes.length > 1,
        planeName,
        obstacle: ({ planeId }) =>
          obstacleAt(
            planes.find(({ id }) => id === planeId),
            'write',
            now,
          ),
        onExpand: ({ replica }) => expand(replica, null),
        onSwitch,
      }),
    [planes, consumers, groups, planeName, expand, onSwitch, now],
  )
}

function NoneFits({ onClear }: { readonly onClear: () => void }): ReactElement {
  return (
    <EmptyState
      title={t`No replica matches the filters`}
      action={<Button variant="default" onClick={onClear}>{t`Clear the filters`}</Button>}
    >{t`Text is searched for in names, machines, groups, intents, types, consumers, states, errors, and who declared it.`}</EmptyState>
  )
}

function Nothing({ known, onDeclare }: Pick<ReplicasTableProps, 'known' | 'onDeclare'>): ReactElement {
  if (known.consumers.length === 0)
    return (
      <EmptyState
        title={t`Nobody restores anything yet`}
        action={<ButtonLink to="/consumers" search={{}}>{t`Enrol a consumer`}</ButtonLink>}
      >{t`A replica is declared for a consumer: the machine that restores it and says whether it came back healthy. There is none yet.`}</EmptyState>
    )
  return (
    <EmptyState
      title={t`No replica is declared yet`}
      action={<Button disabled={onDeclare === null} onClick={() => onDeclare?.()}>{t`Declare the first one…`}</Button>}
    >{t`A replica says that a backup should always be restorable: whose, for what, by which consumer, and how long it may go unproven.`}</EmptyState>
  )
}
