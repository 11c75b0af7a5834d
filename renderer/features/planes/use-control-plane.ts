import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Consumer } from '../../../contract/shapes/consumer.ts'
import type { Plane, PlaneGroup } from '../../../contract/shapes/plane.ts'
import type { ReplicaBoard } from '../../../contract/shapes/replica.ts'
import { useClient } from '../../client/client-context.tsx'
import { type Stream, useStream } from '../../client/use-stream.ts'
import { useSame } from '../../components/use-same.ts'

/** The control planes of the workspace: the embedded one first, then by name. */
export function usePlanes(): Stream<readonly Plane[]> {
  const client = useClient()
  return useStream<readonly Plane[], readonly Plane[]>({
    key: 'planes',
    initial: [],
    open: (signal) => client.planes.watch(undefined, { signal }),
    reduce: (before, events) => events.at(-1) ?? before,
  })
}

/** The consumers of all planes, by name. */
export function useConsumers(): Stream<readonly Consumer[]> {
  const client = useClient()
  return useStream<readonly Consumer[], readonly Consumer[]>({
    key: 'consumers',
    initial: [],
    open: (signal) => client.consumers.watch(undefined, { signal }),
    reduce: (before, events) => events.at(-1) ?? before,
  })
}

const NO_BOARD: ReplicaBoard = { replicas: [], askedAt: null, silent: [] }

/** The replicas of all planes, and which planes were silent when they were last asked. */
export function useReplicaBoard(): Stream<ReplicaBoard> {
  const client = useClient()
  return useStream<ReplicaBoard, ReplicaBoard>({
    key: 'replicas',
    initial: NO_BOARD,
    open: (signal) => client.replicas.watch(undefined, { signal }),
    reduce: (before, events) => events.at(-1) ?? before,
  })
}

export interface PlaneGroups {
  /** By plane; a plane whose groups are not known, or not yet, is not in it. */
  readonly byPlane: ReadonlyMap<string, readonly PlaneGroup[]>
  readonly isLoading: boolean
  /** By plane. */
  readonly errors: ReadonlyMap<string, unknown>
  refetch(): void
}

/** The groups of the planes that answer. `news`: another one has them read again, while the old ones stay. */
export function usePlaneGroups(planes: readonly Plane[], news: unknown): PlaneGroups {
  const client = useClient()
  const answering = planes.filter(({ connection }) => connection.state === 'connected').map(({ id }) => id)
  const queries = useQueries({
    queries: answering.map((planeId) => ({
      queryKey: ['plane-groups', planeId, news],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => client.planes.groups({ planeId }, { signal }),
      placeholderData: (before: readonly PlaneGroup[] | undefined) => before,
      gcTime: 60_000,
    })),
  })
  const lists = useSame(queries.map(({ data }) => data))
  const known = useSame(answering)
  const byPlane = useMemo(
    () => new Map(known.flatMap((planeId, at) => (lists[at] === undefined ? [] : [[planeId, lists[at]]]))),
    [known, lists],
  )
  return {
    byPlane,
    isLoading: queries.some(({ isPending }) => isPending),
    errors: new Map(answering.flatMap((planeId, at) => (queries[at]?.isError ? [[planeId, queries[at].error]] : []))),
    refetch: () => {
      for (const query of queries) void query.refetch()
    },
  }
}
