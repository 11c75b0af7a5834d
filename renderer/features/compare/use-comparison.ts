import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useClient } from '../../client/client-context.tsx'
import type { RepositoryKey } from '../basket/index.ts'
import { Levels } from './levels.ts'
import { RollUps } from './roll-ups.ts'
import { NOW, type Sides } from './sides.ts'

export interface Comparison {
  readonly levels: Levels
  /** Null where the later side is the host now. */
  readonly rollUps: RollUps | null
}

/** A comparison for as long as it is on the screen: its levels as they are opened, and everything rolled up behind them. */
export function useComparison({ hostId, repositoryId }: RepositoryKey, sides: Sides): Comparison {
  const client = useClient()
  const { levels, rollUps } = useMemo((): Comparison => {
    const { before, after } = sides
    const pair = after === NOW ? null : { hostId, repositoryId, before: before.treeId, after: after.treeId }
    const made = pair === null ? null : new RollUps(client, pair)
    return { rollUps: made, levels: new Levels({ client, hostId, repositoryId, sides }, made) }
  }, [client, hostId, repositoryId, sides])
  useEffect(() => {
    rollUps?.start()
    return () => rollUps?.stop()
  }, [rollUps])
  useSyncExternalStore(rollUps?.subscribe ?? NEVER, rollUps?.version ?? ZERO)
  return { levels, rollUps }
}

const NEVER = () => () => undefined
const ZERO = () => 0
