import { t } from '@lingui/core/macro'
import { Alert, Button, Group, Text } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { Plane } from '../../../contract/shapes/plane.ts'
import type { ReplicaBoard } from '../../../contract/shapes/replica.ts'
import { formatMoment } from '../../components/format.ts'
import { describePlaneFailure } from './plane-words.ts'

export interface PlaneTroublesProps {
  readonly planes: readonly Plane[]
  readonly silent: ReplicaBoard['silent']
  onRetry(): void
}

interface Trouble {
  readonly planeId: string
  readonly words: string
}

/** Planes that do not answer: what is shown of them is as it was, and since when. */
export function PlaneTroubles({ planes, silent, onRetry }: PlaneTroublesProps): ReactElement | null {
  const troubles = planes.flatMap((plane) => troubleOf(plane, silent))
  if (troubles.length === 0) return null
  return (
    <Alert
      color="yellow"
      variant="outline"
      py={6}
      styles={{ root: { flex: 'none', background: 'var(--panel)' } }}
      role="status"
    >
      <Group gap="sm" justify="space-between" wrap="nowrap">
        <IconPlugConnectedX
          size={16}
          stroke={1.75}
          color="var(--state-partial)"
          style={{ flex: 'none' }}
          aria-hidden="true"
        />
        <div style={{ flex: 1 }}>
          {troubles.map(({ planeId, words }) => (
            <Text key={planeId} size="sm">
              {words}
            </Text>
          ))}
        </div>
        <Button variant="default" onClick={onRetry}>{t`Ask again`}</Button>
      </Group>
    </Alert>
  )
}

function troubleOf(plane: Plane, silent: ReplicaBoard['silent']): Trouble[] {
  const failure = describePlaneFailure(plane)
  const since = silent.find(({ planeId }) => planeId === plane.id)?.since ?? sinceOf(plane)
  if (since === null) return []
  const { id: planeId, name } = plane
  const when = formatMoment(new Date(since))
  if (failure === null) return [{ planeId, words: t`${name} does not answer. What you see is from ${when}.` }]
  const why = (failure.explanation || failure.title).replace(/\.$/, '')
  return [{ planeId, words: t`${name} does not answer: ${why}. What you see is from ${when}.` }]
}

function sinceOf({ connection }: Plane): string | null {
  return connection.state === 'failed' ? connection.since : null
}
