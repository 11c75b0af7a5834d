import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { NodeDetails } from '../../../contract/shapes/tree.ts'
import { useClient } from '../../client/client-context.tsx'
import type { TreeStore } from '../../components/tree/tree-store.ts'
import type { SnapshotKey } from '../basket/index.ts'

/** How long the keyboard rests on a row before more is asked about it. */
const REST_MILLISECONDS = 150

export interface MoreOfNode {
  /** Undefined until it is known. */
  readonly details: NodeDetails | undefined
  readonly error: unknown
}

/** All that restic keeps of the row that the keyboard rests on. It never changes, so each is asked for once. */
export function useNodeDetails({ hostId, repositoryId }: SnapshotKey, tree: TreeStore): MoreOfNode {
  const client = useClient()
  const node = tree.active
  const [rested] = useDebouncedValue(node, REST_MILLISECONDS)
  const directory = node > 0 ? tree.columns.treeId(tree.columns.parent[node] ?? 0) : undefined
  const name = tree.columns.name(node)
  const query = useQuery({
    queryKey: ['node', hostId, repositoryId, directory, name],
    queryFn: ({ signal }) => client.tree.node({ hostId, repositoryId, treeId: directory ?? '', name }, { signal }),
    enabled: directory !== undefined && rested === node,
  })
  return { details: query.data, error: query.error }
}
