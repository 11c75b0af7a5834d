import { t } from '@lingui/core/macro'
import { Group, Stack, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactElement } from 'react'
import type { Replica } from '../../../contract/shapes/replica.ts'
import { useKeys } from '../../components/keys.tsx'
import { ObstructedButton } from '../../components/ObstructedButton.tsx'
import { useNow } from '../../components/use-now.ts'
import { obstacleAt, SafetyMode } from '../planes/index.ts'
import { VerificationHistory } from '../verifications/index.ts'
import { DeleteReplica } from './DeleteReplica.tsx'
import { MachinesTable } from './MachinesTable.tsx'
import { ReplicaFacts } from './ReplicaFacts.tsx'
import { StandingCard } from './StandingCard.tsx'
import { type Known, useSetEnabled } from './use-replicas.ts'

export interface ReplicaViewProps {
  readonly known: Known
  readonly replica: Replica
  onEdit(): void
  onDisable(): void
  onDeleted(): void
}

/** How a replica stands and why, what can be done, what it is, its machines, and what its restores have shown. */
export function ReplicaView({ known, replica, ...does }: ReplicaViewProps): ReactElement {
  const plane = known.planes.find(({ id }) => id === replica.planeId)
  const [deleting, deletion] = useDisclosure(false)
  const enable = useSetEnabled()
  const now = useNow()
  const write = obstacleAt(plane, 'write', now)
  const { enabled } = replica.declaration
  const switchIt = (): void => (enabled ? does.onDisable() : enable.mutate({ replica, enabled: true }))
  useKeys([{ keys: 'e', does: 'edit', label: t`edit`, run: () => (write === null ? does.onEdit() : undefined) }])
  const newest = replica.standings
    .map(({ lastReport }) => lastReport?.reportedAt ?? '')
    .toSorted()
    .at(-1)
  return (
    <Stack gap="md">
      <StandingCard known={known} replica={replica} onEdit={write === null ? does.onEdit : null} />
      <Group gap="xs">
        <ObstructedButton variant="default" obstacle={write} onClick={does.onEdit}>{t`Edit…`}</ObstructedButton>
        <ObstructedButton variant="default" obstacle={write} loading={enable.isPending} onClick={switchIt}>
          {enabled ? t`Disable…` : t`Enable`}
        </ObstructedButton>
        <ObstructedButton
          variant="outline"
          color="red"
          obstacle={obstacleAt(plane, 'danger', now)}
          onClick={deletion.open}
        >{t`Delete…`}</ObstructedButton>
        {plane !== undefined && (
          <div style={{ marginLeft: 'auto' }}>
            <SafetyMode plane={plane} />
          </div>
        )}
      </Group>
      {write !== null && (
        <Text size="sm" c="dimmed">
          {write}
        </Text>
      )}
      <ReplicaFacts known={known} replica={replica} />
      <MachinesSection known={known} replica={replica} />
      <VerificationHistory
        filter={{
          planeId: replica.planeId,
          replicaId: replica.id,
          machineId: null,
          groupId: replica.declaration.groupId,
          consumerId: null,
        }}
        news={newest}
        name={replica.declaration.name}
      />
      <DeleteReplica replica={deleting ? replica : null} onClose={deletion.close} onDeleted={does.onDeleted} />
    </Stack>
  )
}

function MachinesSection({ known, replica }: Pick<ReplicaViewProps, 'known' | 'replica'>): ReactElement | null {
  if (replica.standings.length === 0) return null
  return (
    <section aria-label={t`Machines`}>
      <Title order={3} mb={6}>{t`Machines`}</Title>
      <MachinesTable known={known} replica={replica} />
    </section>
  )
}
