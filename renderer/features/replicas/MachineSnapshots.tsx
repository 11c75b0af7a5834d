import { t } from '@lingui/core/macro'
import { Text } from '@mantine/core'
import type { ReactElement } from 'react'
import type { PlaneGroup } from '../../../contract/shapes/plane.ts'
import type { ReplicaStanding } from '../../../contract/shapes/replica.ts'
import { useHost } from '../../client/hosts-context.tsx'
import { SnapshotLink } from '../runs/index.ts'
import { snapshotPair } from './replica-words.ts'
import { SnapshotsOf } from './SnapshotsOf.tsx'

export interface MachineSnapshotsProps {
  readonly standing: ReplicaStanding
  readonly group: PlaneGroup | undefined
}

/** A machine's newest snapshot beside the verified one; where this console has its host and repository, it leads to the tree. */
export function MachineSnapshots({ standing, group }: MachineSnapshotsProps): ReactElement {
  const hostId = group?.machines.find(({ id }) => id === standing.machineId)?.hostId ?? null
  const host = useHost(hostId ?? '')
  const repository = host?.repositories.find(({ url }) => sameUrl(url, group?.url ?? null))
  const { latest, verified, isCurrent } = snapshotPair(standing)
  if (hostId === null || repository === undefined || latest === null) return <SnapshotsOf standings={[standing]} />
  return (
    <>
      <SnapshotLink hostId={hostId} repositoryId={repository.id} snapshotId={latest} />
      <Text span fz="xs" c="dimmed">
        {isCurrent ? ` ${t`verified`}` : ` → ${verified?.slice(0, 7) ?? '—'}`}
      </Text>
    </>
  )
}

function sameUrl(one: string, other: string | null): boolean {
  return other !== null && one.replace(/\/+$/, '') === other.replace(/\/+$/, '')
}
