import { t } from '@lingui/core/macro'
import { Button } from '@mantine/core'
import { useTimeout } from '@mantine/hooks'
import { type ReactElement, useState } from 'react'
import type { Plane, PlaneGroup } from '../../../contract/shapes/plane.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { useKeys } from '../../components/keys.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Page } from '../../components/Page.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { useTrail } from '../../components/trail.tsx'
import { ConnectGroupDrawer } from './ConnectGroupDrawer.tsx'
import { NoPlane } from './NoPlane.tsx'
import { PlaneCard } from './PlaneCard.tsx'
import { PlaneDrawer } from './PlaneDrawer.tsx'
import { usePlaneGroups, usePlanes } from './use-control-plane.ts'

interface Connecting {
  readonly planeId: string
  readonly group: PlaneGroup | null
  readonly opened: boolean
}

/** Milliseconds for which the groups of all planes are waited for: a plane that grows moves all below it. */
const PATIENCE = 1000

/** The control planes of this workspace: which there are, how they are reached, and what they can read. */
export function PlanesPage(): ReactElement {
  useTrail([{ label: t`Control planes` }])
  const client = useClient()
  const planes = usePlanes()
  const groups = usePlaneGroups(planes.value, planes.value)
  const [editing, edit] = useState<Plane | 'new' | null>(null)
  const [connecting, connect] = useState<Connecting | null>(null)
  useKeys([{ keys: 'n', does: 'add', label: t`add`, run: () => edit('new') }])
  const isWaiting = !useLate(PATIENCE) && groups.isLoading
  const retry = (): void => {
    groups.refetch()
    void client.replicas.refresh(undefined)
  }
  return (
    <Page
      title={t`Control planes`}
      actions={<Button variant="default" onClick={() => edit('new')}>{t`Add a control plane…`}</Button>}
    >
      {planes.state === 'waiting' || planes.state === 'failed' || isWaiting ? (
        <SectionCard>
          {planes.state === 'failed' ? (
            <ErrorState description={describeError(planes.error)} onRetry={planes.again} />
          ) : (
            <LoadingRows label={t`Loading the control planes`} rows={3} columns="2fr 1fr 1fr" />
          )}
        </SectionCard>
      ) : planes.value.length === 0 ? (
        <NoPlane />
      ) : (
        planes.value.map((plane) => (
          <PlaneCard
            key={plane.id}
            plane={plane}
            groups={groups.byPlane.get(plane.id)}
            groupsError={groups.errors.get(plane.id)}
            onEdit={() => edit(plane)}
            onConnect={(group) => connect({ planeId: plane.id, group, opened: true })}
            onRetry={retry}
          />
        ))
      )}
      <PlaneDrawer of={editing} onClose={() => edit(null)} />
      <ConnectGroupDrawer
        plane={planes.value.find(({ id }) => id === connecting?.planeId) ?? null}
        group={connecting?.group ?? null}
        opened={connecting?.opened ?? false}
        onClose={() => connect(connecting === null ? null : { ...connecting, opened: false })}
        onConnected={groups.refetch}
      />
    </Page>
  )
}

/** Whether it has been there for so many milliseconds. */
function useLate(milliseconds: number): boolean {
  const [isLate, setLate] = useState(false)
  useTimeout(() => setLate(true), milliseconds, { autoInvoke: true })
  return isLate
}
