import { useQuery } from '@tanstack/react-query'
import { toRows } from '../../../contract/shapes/columns.ts'
import { useClient } from '../../client/client-context.tsx'
import type { RepositoryKey } from '../basket/index.ts'
import type { RollUps } from './roll-ups.ts'
import { NOW, type Sides } from './sides.ts'

/** Where what was removed is now, and where what was added was before; by path. */
export type Moves = ReadonlyMap<string, string>

/** Among more nobody looks for one: each added and removed path is read anew. */
const MOST = 50_000
const NONE: Moves = new Map()

/** What was moved, by what it holds: asked for once everything was compared, where that is cheap. */
export function useMoves({ hostId, repositoryId }: RepositoryKey, sides: Sides, rollUps: RollUps): Moves {
  const client = useClient()
  const { whole } = rollUps
  const isCheap = whole !== null && whole.added > 0 && whole.removed > 0 && whole.added + whole.removed <= MOST
  const before = sides.before.treeId
  const after = sides.after === NOW ? null : sides.after.treeId
  const { data } = useQuery({
    queryKey: ['moves', hostId, repositoryId, before, after],
    queryFn: async ({ signal }) => {
      const { renames } = await client.compare.renames({ hostId, repositoryId, before, after }, { signal })
      return new Map(toRows(renames).flatMap(({ from, to }) => [[from, to] as const, [to, from] as const]))
    },
    enabled: isCheap && after !== null,
  })
  return data ?? NONE
}
