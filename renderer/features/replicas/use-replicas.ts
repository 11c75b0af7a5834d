import { t } from '@lingui/core/macro'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Consumer } from '../../../contract/shapes/consumer.ts'
import type { Plane } from '../../../contract/shapes/plane.ts'
import type { Replica, ReplicaBoard } from '../../../contract/shapes/replica.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { type PlaneGroups, useConsumers, usePlaneGroups, usePlanes, useReplicaBoard } from '../planes/index.ts'

/** All that the screens of replicas are told from. */
export interface Known {
  readonly board: ReplicaBoard
  readonly planes: readonly Plane[]
  readonly consumers: readonly Consumer[]
  readonly groups: PlaneGroups['byPlane']
}

export interface FollowedReplicas extends Known {
  readonly state: 'waiting' | 'live' | 'failed'
  readonly error: unknown
  again(): void
}

/** The replicas with the planes, consumers and groups that they are of, live. */
export function useReplicas(): FollowedReplicas {
  const board = useReplicaBoard()
  const planes = usePlanes()
  const consumers = useConsumers()
  const groups = usePlaneGroups(planes.value, board.value.askedAt)
  const streams = [board, planes, consumers]
  const failed = streams.find(({ state }) => state === 'failed')
  const isWaiting = streams.some(({ state }) => state === 'waiting')
  const known = { board: board.value, planes: planes.value, consumers: consumers.value, groups: groups.byPlane }
  return {
    ...known,
    state: failed !== undefined ? 'failed' : isWaiting ? 'waiting' : 'live',
    error: failed?.error,
    again: () => {
      for (const stream of streams) if (stream.state === 'failed') stream.again()
    },
  }
}

/** Switches a replica on, or off; where it fails, that is said beside the page. */
export function useSetEnabled(onDone?: () => void) {
  const client = useClient()
  return useMutation({
    mutationFn: ({ replica, enabled }: { readonly replica: Replica; readonly enabled: boolean }) =>
      client.replicas.setEnabled({
        planeId: replica.planeId,
        replicaId: replica.id,
        enabled,
        updatedAt: replica.updatedAt,
      }),
    onSuccess: () => onDone?.(),
    onError: (error) => {
      const { title, explanation, nextStep } = describeError(error)
      notifications.show({ color: 'red', title, message: `${explanation} ${nextStep}`.trim() })
    },
  })
}

/** What planes are called, by their ids. */
export function usePlaneNames(planes: readonly Plane[]): (planeId: string) => string {
  return useMemo(() => {
    const names = new Map(planes.map(({ id, name }) => [id, name]))
    return (planeId) => names.get(planeId) ?? t`a plane that was removed`
  }, [planes])
}
