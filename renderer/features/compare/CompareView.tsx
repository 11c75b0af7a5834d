import { t } from '@lingui/core/macro'
import { useDebouncedValue } from '@mantine/hooks'
import { type ReactElement, useState } from 'react'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { describeError } from '../../client/describe-fault.ts'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Page } from '../../components/Page.tsx'
import { SectionCard } from '../../components/SectionCard.tsx'
import { ROOT } from '../../components/tree/tree-columns.ts'
import { BasketChip, type RepositoryKey } from '../basket/index.ts'
import { ChangeDetails } from './ChangeDetails.tsx'
import { ChangesTree, type ChangesTreeProps } from './ChangesTree.tsx'
import classes from './Compare.module.css'
import { CompareActions } from './CompareActions.tsx'
import { type ChangeFilter, EVERYTHING } from './change-rows.ts'
import { DifferenceDrawer } from './DifferenceDrawer.tsx'
import { FilterBar } from './FilterBar.tsx'
import { FlatChanges } from './FlatChanges.tsx'
import { NothingDiffers } from './NothingDiffers.tsx'
import { ProgressLine } from './ProgressLine.tsx'
import { SidesBar } from './SidesBar.tsx'
import { NOW, type Sides } from './sides.ts'
import { useCompareKeys } from './use-compare-keys.ts'
import { type CompareTree, useCompareTree } from './use-compare-tree.ts'
import { useComparison } from './use-comparison.ts'
import { useContentComparison } from './use-content-comparison.ts'
import { useDifference } from './use-difference.ts'
import { useMoves } from './use-moves.ts'
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
  const [filter, setFilter] = useState<ChangeFilter>(EVERYTHING)
  const [text, setText] = useState('')
  const [wanted] = useDebouncedValue(text.trim(), 200)
  const comparison = useComparison(place, sides)
  const { calls, levels, rollUps } = comparison
  const contents = useContentComparison(place, sides, levels)
  const moves = useMoves(place, sides, rollUps)
  const revision = `${rollUps.state === 'ended' ? 'rolled up' : ''} ${levels.decisions.size}`
  const shown = useCompareTree(levels, filter, revision, path)
  const difference = useDifference()
  const actions = useRowActions({ place, sides, calls, contents, shown, show: difference.show })
  useCompareKeys({ place, sides, actions, isFlat: wanted !== '' })
  return (
    <Page
      fill
      title={t`Compare`}
      about={<SidesBar place={place} sides={sides} snapshots={snapshots} />}
      actions={
        <>
          <BasketChip hostId={place.hostId} repositoryId={place.repositoryId} />
          <CompareActions place={place} sides={sides} comparison={comparison} filter={filter} text={wanted} />
        </>
      }
    >
      <FilterBar filter={filter} onFilter={setFilter} text={text} onText={setText} rollUps={rollUps} />
      {wanted !== '' ? (
        <FlatChanges
          comparison={comparison}
          comparisonKey={keyOf(place, sides)}
          filter={filter}
          text={wanted}
          onShow={difference.show}
        />
      ) : (
        <div className={classes['split']}>
          <Differences
            shown={shown}
            filter={filter}
            onFilter={setFilter}
            isRunning={rollUps.state === 'running'}
            onShow={actions.look}
          />
          <ChangeDetails sides={sides} shown={shown} actions={actions} filter={filter} moves={moves} />
        </div>
      )}
      {wanted === '' && <ProgressLine rollUps={rollUps} />}
      <DifferenceDrawer place={place} sides={sides} difference={difference} onDecided={contents.decide} />
    </Page>
  )
}

type DifferencesProps = Pick<ChangesTreeProps, 'filter' | 'isRunning' | 'onShow'> & {
  readonly shown: CompareTree | null
  onFilter(filter: ChangeFilter): void
}

/** The tree, or what stands where it would be. */
function Differences({ shown, filter, onFilter, isRunning, onShow }: DifferencesProps): ReactElement {
  if (shown === null)
    return (
      <SectionCard>
        <LoadingRows label={t`Comparing`} rows={14} columns="1fr 200px 130px 90px" />
      </SectionCard>
    )
  if (isNothing(shown.tree)) return <NothingDiffers filter={filter} onFilter={onFilter} />
  return (
    <ChangesTree
      shown={shown}
      filter={filter}
      isRunning={isRunning}
      describe={(error) => ({ text: describeError(error).title, quiet: false })}
      onShow={onShow}
      focusFirst={filter === EVERYTHING}
    />
  )
}

function keyOf({ hostId, repositoryId }: RepositoryKey, { before, after }: Sides): string {
  return [hostId, repositoryId, before.id, after === NOW ? NOW : after.id].join(' ')
}

/** Its root was read and has no row to show. */
function isNothing(tree: CompareTree['tree']): boolean {
  return tree.isReady && tree.columns.length === 1 && tree.errorOf(ROOT) === undefined
}
