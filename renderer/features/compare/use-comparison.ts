import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useClient } from '../../client/client-context.tsx'
import type { RepositoryKey } from '../basket/index.ts'
import { type ComparisonCalls, comparisonCalls } from './comparison-calls.ts'
import { Levels } from './levels.ts'
import { RollUps } from './roll-ups.ts'
import { NOW, type Sides } from './sides.ts'

export interface Comparison {
  readonly calls: ComparisonCalls
  readonly levels: Levels
  readonly rollUps: RollUps
}

/** A comparison for as long as it is on the screen: its levels as they are opened, and everything rolled up behind them. */
export function useComparison({ hostId, repositoryId }: RepositoryKey, sides: Sides): Comparison {
  const client = useClient()
  const comparison = useMemo((): Comparison => {
    const { before, after } = sides
    const calls = comparisonCalls(client, { hostId, repositoryId }, sides)
    const rollUps = new RollUps(calls)
    const root = { before: before.treeId, after: after === NOW ? null : after.treeId }
    return { calls, rollUps, levels: new Levels(calls, root, rollUps) }
  }, [client, hostId, repositoryId, sides])
  const { rollUps } = comparison
  useEffect(() => {
    rollUps.start()
    return () => rollUps.stop()
  }, [rollUps])
  useSyncExternalStore(rollUps.subscribe, rollUps.version)
  return comparison
}
