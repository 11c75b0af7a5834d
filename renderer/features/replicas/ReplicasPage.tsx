import { t } from '@lingui/core/macro'
import { Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useDeferredValue, useMemo, useRef, useState } from 'react'
import type { Replica } from '../../../contract/shapes/replica.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FilterInput } from '../../components/FilterInput.tsx'
import { useKeys } from '../../components/keys.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { ObstructedButton } from '../../components/ObstructedButton.tsx'
import { Page } from '../../components/Page.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { useTrail } from '../../components/trail.tsx'
import { NoPlane, PlaneTroubles, planesInUse } from '../planes/index.ts'
import { DisableReplica } from './DisableReplica.tsx'
import { DeclareDrawer } from './declare/DeclareDrawer.tsx'
import { ReplicaDrawer } from './ReplicaDrawer.tsx'
import { ReplicaFilters } from './ReplicaFilters.tsx'
import { ReplicasTable } from './ReplicasTable.tsx'
import { changedAddress, fitting, isNarrowed, type ReplicasAddress } from './replica-address.ts'
import { totalWords, worstFirst } from './replica-words.ts'
import { type FollowedReplicas, useReplicas } from './use-replicas.ts'

export interface OpenedReplica {
  readonly planeId: string
  readonly replicaId: string
}

export interface ReplicasPageProps {
  /** What the list is narrowed to. */
  readonly address: ReplicasAddress
  /** The one whose drawer is open; null for none. */
  readonly opened: OpenedReplica | null
}

/** What should be restorable, across all planes and groups, and how it stands: the worst first. */
export function ReplicasPage({ address, opened }: ReplicasPageProps): ReactElement {
  const page = useReplicasPage({ address, opened })
  const { known, shown, change, isEmpty } = page
  const table = useRef<HTMLDivElement>(null)
  useTrail([{ label: t`Replicas` }])
  usePageKeys(page, { address, opened })
  return (
    <Page
      title={t`Replicas`}
      about={
        known.state === 'live' &&
        !isEmpty && (
          <Text span role="status">
            {totalWords(known.board.replicas)}
          </Text>
        )
      }
      actions={
        <>
          {!isEmpty && (
            <FilterInput
              label={t`Filter replicas`}
              value={address.text ?? ''}
              onChange={(text) => change({ text })}
              onDown={() => table.current?.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus()}
            />
          )}
          <ObstructedButton
            obstacle={page.declareObstacle}
            onClick={page.declare}
          >{t`Declare a replica…`}</ObstructedButton>
        </>
      }
      fill
    >
      <div ref={table} style={{ display: 'contents' }}>
        <Content page={page} address={address} />
      </div>
      <ReplicaDrawer
        known={known}
        opened={opened}
        list={shown}
        onOpen={page.open}
        onClose={page.close}
        onDisable={page.disable}
        editing={page.editing}
        onEdit={page.setEditing}
      />
      <DeclareDrawer known={known} opened={page.isDeclaring} onClose={page.closeDeclare} onShow={page.open} />
      <DisableReplica replica={page.disabling} onClose={() => page.disable(null)} />
    </Page>
  )
}

function usePageKeys(page: PageState, { address, opened }: ReplicasPageProps): void {
  useKeys(
    page.isEmpty
      ? []
      : [
          { keys: 'n', does: 'declare', label: t`declare`, run: page.declare },
          {
            keys: 'a',
            does: 'needs attention',
            label: t`needs attention`,
            run: () => page.change({ attention: address.attention === undefined ? 'yes' : '' }),
          },
          { keys: 'Enter', does: 'open', label: t`open` },
          { keys: '→', does: 'machines', label: t`machines` },
          { keys: 'e', does: 'edit', label: t`edit` },
          { keys: 's', does: 'switch on or off', label: t`switch on or off` },
          { keys: 'r', does: 'ask again', label: t`ask again`, run: page.refresh },
          ...(isNarrowed(address) && opened === null
            ? [{ keys: 'Escape', does: 'clear filters', label: t`clear filters`, run: page.clear }]
            : []),
        ],
  )
}

function Content({ page, address }: { readonly page: PageState; readonly address: ReplicasAddress }): ReactElement {
  const { known, change, isEmpty } = page
  if (known.state !== 'live')
    return (
      <SectionCard>
        {known.state === 'failed' ? (
          <ErrorState description={describeError(known.error)} onRetry={known.again} />
        ) : (
          <LoadingRows label={t`Loading the replicas`} columns="2fr 1fr 1fr 1fr 3fr 1fr" />
        )}
      </SectionCard>
    )
  if (isEmpty) return <NoPlane />
  return (
    <>
      <PlaneTroubles planes={known.planes} silent={known.board.silent} onRetry={page.refresh} />
      <ReplicaFilters known={known} address={address} onChange={change} />
      <ReplicasTable
        known={known}
        shown={page.shown}
        isNarrowed={isNarrowed(address)}
        onOpen={page.open}
        onEdit={(replica) => {
          page.open(replica)
          page.setEditing(true)
        }}
        onDisable={page.disable}
        onClear={page.clear}
        onDeclare={page.declareObstacle === null ? page.declare : null}
      />
    </>
  )
}

export type PageState = ReturnType<typeof useReplicasPage>

/** Which replicas are shown, which is looked at, and what is being done to one. */
function useReplicasPage({ address, opened }: ReplicasPageProps) {
  const client = useClient()
  const navigate = useNavigate()
  const known = useReplicas()
  const [isDeclaring, setDeclaring] = useState(false)
  const [disabling, disable] = useState<Replica | null>(null)
  const [editing, setEditing] = useState(false)
  const { replicas } = known.board
  const wanted = useDeferredValue(address)
  const sorted = useMemo(() => worstFirst(replicas), [replicas])
  const shown = useMemo(() => fitting(sorted, wanted), [sorted, wanted])
  const go = (search: ReplicasAddress): void =>
    void (opened === null
      ? navigate({ to: '/replicas', search, replace: true })
      : navigate({ to: '/replicas/$planeId/$replicaId', params: opened, search, replace: true }))
  const declareObstacle = obstacleToDeclare(known)
  return {
    known,
    shown,
    /** There is no plane at all, and so nothing to narrow. */
    isEmpty: known.state === 'live' && planesInUse(known.planes).length === 0 && replicas.length === 0,
    change: (change: Partial<Record<keyof ReplicasAddress, string>>) => go(changedAddress(address, change)),
    clear: () => go({}),
    open: ({ planeId, id }: Pick<Replica, 'planeId' | 'id'>) => {
      setDeclaring(false)
      setEditing(false)
      const params = { planeId, replicaId: id }
      void navigate({ to: '/replicas/$planeId/$replicaId', params, search: address, replace: opened !== null })
    },
    /** The planes tell nothing by themselves: they are asked now, and not only when it is their turn. */
    refresh: () => void client.replicas.refresh(undefined),
    close: () => {
      setEditing(false)
      void navigate({ to: '/replicas', search: address })
    },
    isDeclaring,
    declareObstacle,
    declare: () => {
      if (declareObstacle === null) setDeclaring(true)
    },
    closeDeclare: () => setDeclaring(false),
    disabling,
    disable,
    editing,
    setEditing,
  }
}

/** Why nothing can be declared now; what a safety mode forbids is said by the form, which names the mode. */
function obstacleToDeclare({ state, planes }: FollowedReplicas): string | null {
  if (state !== 'live') return t`The control planes are being read.`
  if (planesInUse(planes).length === 0) return t`There is no control plane yet. Switch one on first.`
  return planes.some(({ connection }) => connection.state === 'connected') ? null : t`No control plane answers now.`
}
