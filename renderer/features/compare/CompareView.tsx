import { useDebouncedValue } from '@mantine/hooks'
import { type ReactElement, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Page } from '../../components/Page.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { BasketChip, type RepositoryKey } from '../basket/index.ts'
import { ChangeDetails } from './ChangeDetails.tsx'
import { ChangesTree } from './ChangesTree.tsx'
import classes from './Compare.module.css'
import { CompareActions } from './CompareActions.tsx'
import { type ChangeFilter, EVERYTHING } from './change-rows.ts'
import { DifferenceDrawer } from './DifferenceDrawer.tsx'
import { FilterBar } from './FilterBar.tsx'
import { FlatChanges } from './FlatChanges.tsx'
import { Levels } from './levels.ts'
import { RollUps } from './roll-ups.ts'
import { SidesBar } from './SidesBar.tsx'
import { NOW, type Sides } from './sides.ts'
import { useCompareKeys } from './use-compare-keys.ts'
import { useCompareTree } from './use-compare-tree.ts'
import { useDifference } from './use-difference.ts'
import { useRowActions } from './use-row-actions.ts'

export interface CompareViewProps {
  readonly place: RepositoryKey
  readonly sides: Sides
  /** Newest first. */
  readonly snapshots: readonly Snapshot[]
  readonly path: string
}

/** The sides, what is looked for, the tree, and what is known of the row that the keyboard is on. */
export function CompareView({ place, sides, snapshots, path }: CompareViewProps): ReactElement {
  const { hostId, repositoryId } = place
  const client = useClient()
  const [filter, setFilter] = useState<ChangeFilter>(EVERYTHING)
  const [text, setText] = useState('')
  const [wanted] = useDebouncedValue(text.trim(), 200)
  const { levels, rollUps } = useMemo(() => {
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
  const revision = rollUps?.state === 'ended' ? 'rolled up' : ''
  const shown = useCompareTree(levels, filter, revision, path)
  const difference = useDifference()
  const actions = useRowActions({ place, sides, shown, show: difference.show })
  useCompareKeys({ place, sides, actions, isFlat: wanted !== '' })
  return (
    <Page
      fill
      title="Compare"
      about={<SidesBar place={place} sides={sides} snapshots={snapshots} />}
      actions={
        <>
          <BasketChip hostId={hostId} repositoryId={repositoryId} />
          <CompareActions place={place} sides={sides} filter={filter} text={wanted} />
        </>
      }
    >
      <FilterBar filter={filter} onFilter={setFilter} text={text} onText={setText} rollUps={rollUps} />
      {wanted !== '' && sides.after !== NOW ? (
        <FlatChanges place={place} sides={sides} filter={filter} text={wanted} onShow={difference.show} />
      ) : (
        <div className={classes['split']}>
          {shown === null ? (
            <SectionCard>
              <LoadingRows label="Comparing" rows={14} columns="1fr 200px 130px 90px" />
            </SectionCard>
          ) : (
            <ChangesTree
              shown={shown}
              filter={filter}
              isRunning={rollUps?.state === 'running'}
              describe={(error) => ({ text: describeError(error).title, quiet: false })}
              onShow={actions.show}
            />
          )}
          <ChangeDetails sides={sides} shown={shown} actions={actions} filter={filter} />
        </div>
      )}
      <DifferenceDrawer place={place} sides={sides} difference={difference} />
    </Page>
  )
}

const NEVER = () => () => undefined
const ZERO = () => 0
